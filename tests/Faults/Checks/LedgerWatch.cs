using System.Collections.Concurrent;
using System.Text.Json;
using CivicSignals.Faults.Cluster;
using Npgsql;

namespace CivicSignals.Faults.Checks;

/// <summary>Looks at the ledger all the time, beside the silos, to know when each observation could first be read from it.</summary>
internal sealed class LedgerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private long _seq;

    public LedgerWatch(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _watching = WatchAsync();
    }

    /// <summary>When each observation was first seen.</summary>
    public ConcurrentDictionary<(string Source, string Event, bool Ended), DateTimeOffset> Seen { get; } = new();

    /// <summary>When each incident's first alert to the control room was first seen, by the incident's premises.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Alerted { get; } = new();

    /// <summary>The whole ledger, in order.</summary>
    public static async Task<List<Entry>> ReadAllAsync(Database database)
    {
        await using var connection = await database.OpenAsync();
        return await ReadAsync(connection, 0, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var premises = new Dictionary<string, string>();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _database.OpenAsync();
                while (true)
                {
                    foreach (var entry in await ReadAsync(connection, _seq, _end.Token))
                        Note(entry, premises);
                    await Task.Delay(Period, _end.Token);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                // The database is down: it is looked at again when it is back.
                await Task.Delay(Period).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Note(Entry entry, Dictionary<string, string> premises)
    {
        _seq = entry.Seq;
        if (entry.Kind == EntryKind.Evidence)
        {
            Seen.TryAdd(entry.Observation, _time.GetUtcNow());
            if (entry["premises"] is { } home)
                premises.TryAdd(entry.Incident, home);
        }
        else if (entry.Kind == EntryKind.Alert && entry["audience"] == "ControlRoom" && premises.TryGetValue(entry.Incident, out var home))
        {
            Alerted.TryAdd(home, _time.GetUtcNow());
        }
    }

    private static async Task<List<Entry>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT seq, type, incident, body FROM entry WHERE seq > $1 AND type < 4 ORDER BY seq", connection)
        {
            Parameters = { new() { Value = after } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<Entry>();
        while (await rows.ReadAsync(cancellation))
        {
            var body = JsonSerializer.Deserialize<JsonElement>(rows.GetFieldValue<byte[]>(3));
            entries.Add(new Entry(rows.GetInt64(0), (EntryKind)rows.GetInt16(1), rows.GetString(2), body));
        }

        return entries;
    }
}
