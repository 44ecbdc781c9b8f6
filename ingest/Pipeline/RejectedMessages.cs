namespace CivicSignals.Ingest.Pipeline;

/// <summary>
/// Messages that were rejected for something that an operator can mend: a gateway that is not registered yet, a place that is not known. In memory only, some of
/// them, and for an hour, for they may hold personal data. Thread-safe.
/// </summary>
/// <param name="silo">This silo's name, for <see cref="Accounting.DeadLetter.Again"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class RejectedMessages(string silo, TimeProvider time)
{
    /// <summary>How many are held at most.</summary>
    public const int Capacity = 1000;

    /// <summary>Their payloads together, bytes.</summary>
    public const long MostBytes = 8 * 1024 * 1024;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Held = TimeSpan.FromHours(1);

    private static readonly HashSet<string> Mendable = [Reasons.UnregisteredSource, Reasons.UnclaimedGateway, Reasons.ForeignKind, Reasons.NoPlace, Reasons.PlaceMismatch];

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<long, (InboundMessage Message, DateTimeOffset Since)> _messages = [];
    private long _last;
    private long _bytes;

    /// <summary>Holds one, where its reason can be mended; the oldest go where there is no room.</summary>
    /// <returns>By what it can be sent again; null: it is not held.</returns>
    public string? Hold(string reason, in InboundMessage message)
    {
        if (!Mendable.Contains(reason) || message.Payload.Length > SignalPipeline.MaxPayload)
            return null;
        lock (_gate)
        {
            DropOld();
            while (_messages.Count == Capacity || (_messages.Count > 0 && _bytes + message.Payload.Length > MostBytes))
                RemoveFirst();
            _messages.Add(++_last, (message with { Payload = message.Payload.ToArray() }, time.GetUtcNow()));
            _bytes += message.Payload.Length;
            return $"{silo}/{_last}";
        }
    }

    /// <summary>Looks one up; it stays held.</summary>
    /// <returns>Whether it is held.</returns>
    public bool TryFind(long number, out InboundMessage message)
    {
        lock (_gate)
        {
            DropOld();
            var isHeld = _messages.TryGetValue(number, out var held);
            message = held.Message;
            return isHeld;
        }
    }

    /// <summary>Holds one no more.</summary>
    public void Drop(long number)
    {
        lock (_gate)
        {
            if (_messages.Remove(number, out var held))
                _bytes -= held.Message.Payload.Length;
        }
    }

    private void DropOld()
    {
        var oldest = time.GetUtcNow() - Held;
        while (_messages.Count > 0 && _messages.GetAt(0).Value.Since <= oldest)
            RemoveFirst();
    }

    private void RemoveFirst()
    {
        _bytes -= _messages.GetAt(0).Value.Message.Payload.Length;
        _messages.RemoveAt(0);
    }
}
