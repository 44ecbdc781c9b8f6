namespace CivicSignals.Ingest.Silence;

/// <summary>Which gateways are connected, and which went without a word. Thread-safe; as large as the number of users that were admitted.</summary>
internal sealed class GatewayConnections(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Open, DateTimeOffset? LostAt)> _lines = [];

    /// <summary>A user's connection was admitted; null: an anonymous one.</summary>
    public void Came(string? user)
    {
        if (user is null)
            return;
        lock (_gate)
            _lines[user] = (_lines.GetValueOrDefault(user).Open + 1, null);
    }

    /// <summary>An admitted connection has ended. Its user is lost with the last one, unless that said goodbye or was ended by the platform.</summary>
    public void Went(string? user, bool withoutAWord)
    {
        if (user is null)
            return;
        lock (_gate)
        {
            var open = Math.Max(0, _lines.GetValueOrDefault(user).Open - 1);
            if (open > 0 || withoutAWord)
                _lines[user] = (open, open == 0 ? time.GetUtcNow() : null);
            else
                _lines.Remove(user);
        }
    }

    /// <summary>Whether it is connected, and when it was lost; null: it is connected, said goodbye, or was never there.</summary>
    public (bool IsConnected, DateTimeOffset? LostAt) Of(string gateway)
    {
        lock (_gate)
            return _lines.TryGetValue(gateway, out var line) ? (line.Open > 0, line.LostAt) : default;
    }
}
