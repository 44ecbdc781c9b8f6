using CivicSignals.Signals;

namespace CivicSignals.Ingest.Silence;

/// <summary>An alarm from its start to its end.</summary>
internal sealed record AlarmEpisode(string Gateway, string Device, string Source, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>
/// Alarms of fire and gas that sounded shortly, until it is known whether anything confirmed them. In memory: a restart forgets those of the last
/// hour, which counts too few and never too many. Thread-safe.
/// </summary>
internal sealed class AlarmEpisodes
{
    /// <summary>Shorter than this, an alarm may have been for nothing: cooking, steam, a burnt slice of bread.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMinutes(10);

    /// <summary>For so long after it began, something independent may still confirm it: the window of the confirmation rules.</summary>
    public static readonly TimeSpan Judged = TimeSpan.FromMinutes(65);

    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, string Kind), DateTimeOffset> _sounding = [];
    private readonly Queue<AlarmEpisode> _over = [];

    public static bool Watches(string kind) => kind.StartsWith("fire.", StringComparison.Ordinal) || kind.StartsWith("gas.", StringComparison.Ordinal);

    public void Take(Signal signal, string gateway, string device)
    {
        var key = (signal.Source, signal.Kind);
        lock (_gate)
        {
            if (signal.Active)
            {
                if (!signal.SinceUnknown && _sounding.Count < Most)
                    _sounding.TryAdd(key, signal.ReceivedAt);
            }
            else if (_sounding.Remove(key, out var since) && signal.ReceivedAt - since <= Short && _over.Count < Most)
            {
                _over.Enqueue(new AlarmEpisode(gateway, device, signal.Source, since, signal.ReceivedAt));
            }
        }
    }

    /// <summary>Takes out those that can be judged now.</summary>
    public IReadOnlyList<AlarmEpisode> TakeDue(DateTimeOffset now)
    {
        List<AlarmEpisode>? due = null;
        lock (_gate)
        {
            while (_over.TryPeek(out var first) && now - first.Until >= Judged)
                (due ??= []).Add(_over.Dequeue());
            foreach (var stuck in _sounding.Where(entry => now - entry.Value > TimeSpan.FromDays(1)).ToList())
                _sounding.Remove(stuck.Key); // It never said that it ended: it was not short.
        }

        return due ?? [];
    }
}
