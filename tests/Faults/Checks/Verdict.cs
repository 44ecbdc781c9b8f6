namespace CivicSignals.Faults.Checks;

/// <summary>What the checker found after a run.</summary>
/// <param name="Acknowledged">Observations that the broker had acknowledged.</param>
/// <param name="Fires">Homes that burnt.</param>
/// <param name="Alerts">Versions of alerts in the ledger.</param>
/// <param name="Faults">Everything that should not be; empty: the run has passed.</param>
internal sealed record Verdict(int Acknowledged, int Fires, int Alerts, IReadOnlyList<string> Faults)
{
    /// <summary>Ends of alarms that are not in the ledger as such, since the same sensor's next alarm or the end itself came before it.</summary>
    public int Overtaken { get; init; }

    /// <summary>Sensors that are silent and that the ledger has for sounding, because an end overtook its alarm.</summary>
    public int StillSounding { get; init; }

    public bool Passed => Faults.Count == 0;
}
