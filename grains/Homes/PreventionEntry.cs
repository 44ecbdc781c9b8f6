using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>The fire service's home-safety list as outsiders read it.</summary>
public sealed record PreventionList(IReadOnlyList<PreventionEntry> Items);

/// <summary>A line of the fire service's list of homes to visit before something happens.</summary>
/// <param name="Premises">Id of the premises.</param>
/// <param name="Place">Where they stand.</param>
/// <param name="What">What is wrong with a fire, gas or carbon monoxide alarm there.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record PreventionEntry(string Premises, Place Place, HomeFactKind What, DateTimeOffset Since)
{
    /// <summary>It in plain English; names no device.</summary>
    public string Says => What.Say();
}
