namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Writes what gateways said, all that came while the last write was under way in one statement. Thread-safe.</summary>
internal sealed class MemoryWriter(PostgresDatabase database)
{
    private const int MostTopics = 1000;
    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Round> _waiting = new();
    private bool _isWriting;

    /// <summary>Completes when it is on disk; of two for one topic the later holds. An empty payload removes.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">Unknown outcome; the database could not be written.</exception>
    public Task WriteAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || _waiting.Last().IsFull)
                _waiting.Enqueue(new Round());
            var round = _waiting.Last();
            round.Put(Statement.Clean(topic), payload);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = RunAsync();
            }

            return round.Written.Task;
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (Next() is { } round)
        {
            try
            {
                await database.WriteAsync(round.ToStatements()).ConfigureAwait(false);
                round.Written.SetResult();
            }
            catch (Exception e)
            {
                round.Written.SetException(e);
            }
        }
    }

    private Round? Next()
    {
        lock (_gate)
        {
            _isWriting = _waiting.TryDequeue(out var round);
            return round;
        }
    }

    private sealed class Round
    {
        private readonly Dictionary<string, ReadOnlyMemory<byte>> _payloads = [];
        private long _bytes;

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFull => _payloads.Count >= MostTopics || _bytes >= MostBytes;

        public void Put(string topic, ReadOnlyMemory<byte> payload)
        {
            _payloads[topic] = payload;
            _bytes += payload.Length;
        }

        public IReadOnlyList<Statement> ToStatements()
        {
            var kept = _payloads.Where(memory => !memory.Value.IsEmpty).OrderBy(memory => memory.Key, StringComparer.Ordinal).ToList(); // In one order everywhere: two silos that write the same rows do not wait for each other.
            var gone = _payloads.Where(memory => memory.Value.IsEmpty).Select(memory => memory.Key).Order(StringComparer.Ordinal).ToArray();
            return
            [
                new(
                    "INSERT INTO gateway_memory (topic, payload) SELECT * FROM unnest(@topics, @payloads) ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload",
                    ("topics", kept.ConvertAll(memory => memory.Key).ToArray()),
                    ("payloads", kept.ConvertAll(memory => memory.Value.ToArray()).ToArray())),
                new("DELETE FROM gateway_memory WHERE topic = ANY(@gone)", ("gone", gone)),
            ];
        }
    }
}
