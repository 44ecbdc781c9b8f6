using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Demo;

/// <summary>The demo's own control-room operator: so that a newcomer sees how an incident ends.</summary>
public interface ITownOperator
{
    /// <summary>Decides about the open incident of a hazard that is nearest to a place, within 300 m.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> ActAsync(Hazard hazard, double lat, double lon, ActionVerb verb, string note, CancellationToken cancellation);
}
