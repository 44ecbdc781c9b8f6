using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Silence;

/// <summary>Finds gateways whose connection broke and did not come back, or that have said nothing for too long.</summary>
internal sealed class GatewayWatch(Registry registry, GatewayConnections connections, Rhythms rhythms, FactBook book, IWatched watched)
{
    /// <summary>A connection that comes back within this was no outage: Wi-Fi flaps, routers restart.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _rhythm = TimeSpan.FromMinutes(rhythms.Gateway.Minutes);

    public void Look(DateTimeOffset now)
    {
        foreach (var gateway in registry.Gateways)
        {
            if (gateway.Premises is null || watched.Since(gateway.Home.Gateway) is not { } since)
                continue;
            var (name, heard) = (gateway.Home.Gateway, gateway.Heard.LastAt);
            LookAtConnection(name, heard, since, now);
            if (heard is { } last)
                LookAtSilence(name, last, since, now);
        }
    }

    private void LookAtConnection(string gateway, DateTimeOffset? heard, DateTimeOffset since, DateTimeOffset now)
    {
        var (isConnected, lostAt) = connections.Of(gateway);
        // Its last will is heard when the connection breaks: only what comes later is a sign of it.
        if (isConnected || heard > (lostAt ?? since).AddSeconds(5))
            book.End(gateway, "", HomeFactKind.Offline, now);
        else if (lostAt is { } lost && now - lost >= Grace)
            book.Begin(gateway, "", HomeFactKind.Offline, lost);
    }

    /// <summary>What fell silent while nobody watched is given its time from then on.</summary>
    private void LookAtSilence(string gateway, DateTimeOffset heard, DateTimeOffset since, DateTimeOffset now)
    {
        if (now - (heard > since ? heard : since) > _rhythm)
            book.Begin(gateway, "", HomeFactKind.Silent, heard);
        else if (heard > since)
            book.End(gateway, "", HomeFactKind.Silent, heard);
    }
}
