using System.Net;
using System.Net.Sockets;

namespace CivicSignals.Faults.Cluster;

/// <summary>Ports that nobody listens on.</summary>
internal static class Ports
{
    /// <summary>One below those that the system hands out, so that it is still free after a restart.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
