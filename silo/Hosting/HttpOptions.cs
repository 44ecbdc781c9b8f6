namespace CivicSignals.Silo.Hosting;

/// <summary>Where people and machines read. Section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>TCP port on all addresses, 0..65535; 0 takes a free one. Default 8080.</summary>
    public int Port { get; set; } = 8080;

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65535)
            yield return $"Http:Port: {Port} is not a port (0..65535)";
    }
}
