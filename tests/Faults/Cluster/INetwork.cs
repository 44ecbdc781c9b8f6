namespace CivicSignals.Faults.Cluster;

/// <summary>What lies between the silos.</summary>
internal interface INetwork : IAsyncDisposable
{
    /// <summary>Address of broker and database.</summary>
    string Centre { get; }

    /// <summary>Address of a silo, 1 being the first.</summary>
    string AddressOf(int silo);

    /// <summary>The command that runs a command where a silo is.</summary>
    IEnumerable<string> At(int silo, IEnumerable<string> command);
}

/// <summary>All on the loopback interface.</summary>
internal sealed class Loopback : INetwork
{
    public string Centre => "127.0.0.1";

    public string AddressOf(int silo) => "127.0.0.1";

    public IEnumerable<string> At(int silo, IEnumerable<string> command) => command;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
