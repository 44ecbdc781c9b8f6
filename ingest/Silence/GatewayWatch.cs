using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Silence;

/// <summary>Finds gateways whose connection broke and did not come back, or that have said nothing for too long.</summary>
internal sealed class GatewayWatch(Registry registry, GatewayConnections connections, Rhythms rhythms, FactBook book, TimeProvider time)
{
    /// <summary>A connection that comes back within this was no outage: Wi-Fi flaps, routers restart.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly TimeSpan _rhythm = TimeSpan.FromMinutes(rhythms.Gateway.Minutes);

    public void Look(DateTimeOffset now)
    {
        foreach (var gateway in registry.Gateways)
        {
            if (gateway.Premises is null)
                continue;
            var (name, heard) = (gateway.Home.Gateway, gateway.Heard.LastAt);
            LookAtConnection(name, heard, now);
            if (heard is { } last)
                LookAtSilence(name, last, now);
        }
    }

    private void LookAtConnection(string gateway, DateTimeOffset? heard, DateTimeOffset now)
    {
        var (isConnected, lostAt) = connections.Of(gateway);
        // Its last will is heard when the connection breaks: only what comes later is a sign of it.
        if (isConnected || heard > (lostAt ?? _startedAt).AddSeconds(5))
            book.End(gateway, "", HomeFactKind.Offline, now);
        else if (lostAt is { } lost && now - lost >= Grace)
            book.Begin(gateway, "", HomeFactKind.Offline, lost);
    }

    /// <summary>What fell silent while the platform itself was down is given its time from the start.</summary>
    private void LookAtSilence(string gateway, DateTimeOffset heard, DateTimeOffset now)
    {
        if (now - (heard > _startedAt ? heard : _startedAt) > _rhythm)
            book.Begin(gateway, "", HomeFactKind.Silent, heard);
        else if (heard > _startedAt)
            book.End(gateway, "", HomeFactKind.Silent, heard);
    }
}
