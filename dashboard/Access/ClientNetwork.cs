using System.Net;
using System.Net.Sockets;

namespace CivicSignals.Dashboard.Access;

/// <summary>What of an address tells one client from another.</summary>
internal static class ClientNetwork
{
    /// <summary>The IPv4 address, or the /64 of an IPv6 one: who has one of its addresses has 2^64 of them.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address?.ToString() ?? "",
    };
}
