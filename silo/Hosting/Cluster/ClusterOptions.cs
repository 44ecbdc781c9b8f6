using System.Net;

namespace CivicSignals.Silo.Hosting.Cluster;

/// <summary>How this silo joins the others. Section <c>Cluster</c>; of effect on PostgreSQL only: without it a silo is alone.</summary>
public sealed class ClusterOptions
{
    /// <summary>Name of the cluster, 1..100 characters: silos of one name and one database belong together. Default <c>civic-signals</c>.</summary>
    public string Id { get; set; } = "civic-signals";

    /// <summary>Address that the other silos reach this one at. It should stay the same over restarts: a silo that comes back elsewhere is waited for. Default 127.0.0.1.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port for the other silos, 1..65535. Default 11111.</summary>
    public int Port { get; set; } = 11111;

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (Id.Length is 0 or > 100)
            yield return "Cluster:Id: expected 1 to 100 characters";
        if (!IPAddress.TryParse(Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return $"Cluster:Address: '{Address}' is not an IP address that other silos could reach";
        if (Port is < 1 or > 65535)
            yield return $"Cluster:Port: {Port} is not a port (1..65535)";
    }
}
