using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>Which descriptions of its devices a home has had kept for the next start: bounds what an invented home costs.</summary>
internal sealed class Descriptions
{
    private const int MaxTopics = 2000;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Dictionary<string, int> _sizes = [];
    private long _bytes;

    /// <summary>
    /// What becomes of a description that was understood: it is remembered, or rejected where there is no room for it. An empty one takes back
    /// what was said before, where anything was.
    /// </summary>
    public Decoded Keep(in InboundMessage message)
    {
        var (before, now) = (_sizes.GetValueOrDefault(message.Topic), message.Payload.Length);
        if (now > 0 && (_bytes - before + now > MaxBytes || (before == 0 && _sizes.Count >= MaxTopics)))
            return Decoded.Reject(Reasons.TooMany, $"more than {MaxTopics} descriptions or {MaxBytes} bytes of them");
        _bytes += now - before;
        if (now == 0)
            _sizes.Remove(message.Topic);
        else
            _sizes[message.Topic] = now;
        return new Decoded { Remember = now > 0 || before > 0 };
    }
}
