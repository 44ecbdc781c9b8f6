using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>Which descriptions of its devices a home has had kept for the next start: bounds what an invented home costs.</summary>
internal sealed class Descriptions
{
    private const int MaxTopics = 2000;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Dictionary<string, int> _sizes = [];
    private long _bytes;

    /// <summary>Whether there is room for a message; an empty one, which takes a description back, makes room.</summary>
    public bool Admit(in InboundMessage message)
    {
        var (before, now) = (_sizes.GetValueOrDefault(message.Topic), message.Payload.Length);
        if (now > 0 && (_bytes - before + now > MaxBytes || (before == 0 && _sizes.Count >= MaxTopics)))
            return false;
        _bytes += now - before;
        if (now == 0)
            _sizes.Remove(message.Topic);
        else
            _sizes[message.Topic] = now;
        return true;
    }

    public static Decoded Full => Decoded.Reject(Reasons.TooMany, $"more than {MaxTopics} descriptions or {MaxBytes} bytes of them");
}
