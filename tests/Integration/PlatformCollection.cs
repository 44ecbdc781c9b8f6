namespace CivicSignals.Tests.Integration;

/// <summary>Tests that start processes run one after another: each takes a machine's worth of work.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PlatformCollection
{
    public const string Name = "Platform";
}
