using CivicSignals.Dashboard.Api;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Where a home's gateway sends to.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsSecure">Whether by TLS.</param>
public sealed record GatewayAddress(string Host, int Port, bool IsSecure);

/// <summary>How gateways reach the platform from outside. Section <c>Mqtt</c>.</summary>
public sealed class GatewayAddressOptions
{
    private const int UsualPort = 1883;
    private const int UsualSecurePort = 8883;

    /// <summary>
    /// Address that gateways are told to connect to, as <c>mqtt://name:1883</c> or, where something in front speaks TLS, <c>mqtts://name:8883</c>.
    /// Default empty: the host by which the page was reached, and the port on which MQTT is served.
    /// </summary>
    public string? PublicUrl { get; set; }

    internal bool IsValid => PublicUrl is null or "" || Address is not null;

    internal GatewayAddress? Address =>
        Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url is { Scheme: "mqtt" or "mqtts", Host.Length: > 0 }
            ? new(url.Host, url.Port > 0 ? url.Port : url.Scheme == "mqtts" ? UsualSecurePort : UsualPort, url.Scheme == "mqtts")
            : null;
}

/// <summary>Finds the address to tell.</summary>
internal sealed class GatewayAddresses(IOptions<GatewayAddressOptions> options, PublicAddress pages, IGatewayEntrance entrance)
{
    public GatewayAddress For(HttpRequest request) =>
        options.Value.Address ?? new(new Uri(pages.Of(request, "/")).Host, entrance.Port, false);
}
