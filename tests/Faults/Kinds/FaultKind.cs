namespace CivicSignals.Faults.Kinds;

/// <summary>A kind of fault.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="What">In the report.</param>
/// <param name="StrikeAsync">Makes it once and undoes it; answers the moment that recovery counts from.</param>
internal sealed record FaultKind(string Name, string What, Func<Scene, Task<DateTimeOffset>> StrikeAsync)
{
    /// <summary>What recovery counts from, in the report.</summary>
    public string From { get; init; } = "fault";

    /// <summary>Whether silos are in network namespaces.</summary>
    public bool CutsNetwork { get; init; }

    /// <summary>Whether silos reach the database by a way that can be slow.</summary>
    public bool SlowsDatabase { get; init; }

    /// <summary>Whether the database is on a disk that can be filled.</summary>
    public bool FillsDisk { get; init; }

    /// <summary>Whether silos' clocks can be changed.</summary>
    public bool ChangesClock { get; init; }

    /// <summary>Homes that burn at each fault.</summary>
    public int Fires { get; init; } = 2;

    /// <summary>Over how many seconds they begin to.</summary>
    public double FiresWithin { get; init; } = 2;

    /// <summary>Why it cannot be made here, or null.</summary>
    public string? Missing() =>
        Cluster.Machine.Missing
        ?? (CutsNetwork ? Cluster.Namespaces.Missing : null)
        ?? (FillsDisk && !Cluster.Machine.IsRoot ? "no rights to mount a small disk" : null)
        ?? (ChangesClock && !File.Exists(Cluster.Machine.FakeTime) ? "no libfaketime" : null);
}
