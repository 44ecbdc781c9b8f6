using CivicSignals.Homes;

namespace CivicSignals.Ingest.Silence;

/// <summary>What is said to be offline becomes a fact only when it stays so: Wi-Fi flaps, and gateways restart. Thread-safe.</summary>
internal sealed class Absences(FactBook book)
{
    private const int Most = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Gateway, string Device), DateTimeOffset> _away = [];

    public void Left(string gateway, string device, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_away.Count < Most)
                _away.TryAdd((gateway, device), at);
        }
    }

    public void Returned(string gateway, string device, DateTimeOffset at)
    {
        lock (_gate)
            _away.Remove((gateway, device));
        book.End(gateway, device, HomeFactKind.Offline, at);
    }

    public void Look(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var (who, since) in _away.Where(entry => now - entry.Value >= GatewayWatch.Grace).ToList())
            {
                _away.Remove(who);
                book.Begin(who.Gateway, who.Device, HomeFactKind.Offline, since);
            }
        }
    }
}
