using CivicSignals.Signals;

namespace CivicSignals.Ingest.Silence;

/// <summary>Where the pipeline hands what homes say, beside the areas. Never blocks, never throws; ordinary readings never come here.</summary>
internal interface IHomeWatch
{
    /// <summary>A change of what a device says of itself, or of an alarm.</summary>
    void Take(Signal signal);
}

/// <summary>Where nothing of homes is kept, as in <c>replay</c>.</summary>
internal sealed class NoHomeWatch : IHomeWatch
{
    public void Take(Signal signal)
    {
    }
}
