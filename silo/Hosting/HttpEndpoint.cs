using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CivicSignals.Silo.Hosting;

/// <summary>Where the pages and the API are served: other endpoints share the server, and its list of addresses has no order.</summary>
internal sealed class HttpEndpoint
{
    private ListenOptions? _listener;

    /// <summary>The port; once the host has started, the one that was taken when 0 was asked for.</summary>
    public int Port => _listener?.IPEndPoint?.Port ?? 0;

    public void ListensBy(ListenOptions listener) => _listener = listener;
}
