namespace CivicSignals.Faults.Cluster;

/// <summary>What a cluster is made of.</summary>
/// <param name="Program">The platform's assembly.</param>
/// <param name="Folder">For all files; made when it is absent.</param>
/// <param name="Gateways">Homes, by their gateways.</param>
/// <param name="Network">What lies between the silos; the cluster disposes of it.</param>
internal sealed record ClusterPlan(string Program, string Folder, IReadOnlyList<string> Gateways, INetwork Network)
{
    /// <summary>Added to the silos' environment.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>Makes the database.</summary>
    public Func<Database, Task> Databases { get; init; } = database => database.CreateAsync();

    /// <summary>The port at which silos find the database; null: its own.</summary>
    public Func<Database, int>? DatabasePort { get; init; }
}
