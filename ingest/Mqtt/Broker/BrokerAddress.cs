using System.Diagnostics.CodeAnalysis;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Where an external broker is.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsSecure">Whether it is spoken to by TLS.</param>
internal sealed record BrokerAddress(string Host, int Port, bool IsSecure)
{
    private const int PlainPort = 1883;
    private const int SecurePort = 8883;

    /// <summary>Reads <c>mqtt://host:1883</c> or <c>mqtts://host:8883</c>; the port may be absent, nothing else may be there.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts")
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.PathAndQuery.Trim('/').Length > 0 || uri.Fragment.Length > 0)
        {
            return false;
        }

        var isSecure = uri.Scheme is "mqtts";
        address = new BrokerAddress(uri.IdnHost, uri.IsDefaultPort ? (isSecure ? SecurePort : PlainPort) : uri.Port, isSecure);
        return address.Port > 0;
    }
}
