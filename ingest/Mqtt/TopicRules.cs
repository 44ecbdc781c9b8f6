using System.Text;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// Which topics there may be and who may use them. Topics are compared level by level, never by building a pattern
/// from a client's name: a client named <c>+</c> would own everything (CVE-2017-7650).
/// </summary>
internal static class TopicRules
{
    private const int MaxBytes = 512;
    private const int MaxLevels = 32;
    private const int MaxPrintable = 200;
    private const string InQueue = "inQueue";

    /// <summary>What is wrong with publishing to a topic, or null.</summary>
    /// <param name="topic">The full topic.</param>
    /// <param name="sender">The authenticated sender, or null for one that may speak for all.</param>
    public static string? Offence(ReadOnlySpan<char> topic, string? sender)
    {
        if (!IsWellFormed(topic) || topic.ContainsAny('+', '#'))
            return Reasons.BadTopic;
        return Owner(topic, out var owner) && (sender is null || owner.SequenceEqual(sender)) ? null : Reasons.ForeignTopic;
    }

    /// <summary>Whether a client may subscribe to a filter: one whose owner is the client itself, spelled out.</summary>
    public static bool MaySubscribe(ReadOnlySpan<char> filter, string? user)
    {
        if (!IsWellFormed(filter) || filter[0] == '$')
            return false;
        if (user is not null)
            return Owner(filter, out var owner) && owner.SequenceEqual(user);
        var root = filter[..Math.Max(0, filter.IndexOf('/'))];
        return root is "homes" or "vehicles" or "signals";
    }

    /// <summary>No wildcard rules here: length, levels and characters only.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> topic)
    {
        if (topic.IsEmpty || topic.Length > MaxBytes || topic[0] == '$')
            return false;
        if (topic.ContainsAnyInRange('\0', '\u001f') || topic.ContainsAnyInRange('\u007f', '\u009f'))
            return false;
        if (topic.ContainsAnyInRange('\ud800', '\udfff') && !IsPaired(topic))
            return false;
        return topic.Count('/') < MaxLevels && (topic.Length <= MaxBytes / 3 || Encoding.UTF8.GetByteCount(topic) <= MaxBytes);
    }

    /// <summary>A topic as it may be shown: cut, control characters replaced, without a person's name or a vehicle's identification number.</summary>
    public static string Printable(string topic)
    {
        topic = WithoutNames(topic);
        var cut = topic.Length > MaxPrintable ? topic[..MaxPrintable] : topic;
        return cut.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\ufffd' : c))
            : cut;
    }

    /// <summary>The level that names whose topic it is; false for topics that are nobody's.</summary>
    public static bool Owner(ReadOnlySpan<char> topic, out ReadOnlySpan<char> owner)
    {
        owner = default;
        var rest = topic;
        var root = Level(ref rest);
        if (root is "homes" or "vehicles" or "owntracks")
        {
            owner = Level(ref rest);
            return owner.Length > 0 && rest.Length > 0;
        }

        if (root is "signals" or "vss")
        {
            owner = Level(ref rest);
            return owner.Length > 0;
        }

        return ItsOwner(topic, out owner, out _, out _);
    }

    /// <summary>
    /// Finds <c>…/inQueue/v2x/{type}/{owner}/{rest}</c>; the part before it is the network's own and may have levels. What begins as somebody's own
    /// topic is his whatever follows: a vehicle would else speak for others below its own name.
    /// </summary>
    public static bool ItsOwner(ReadOnlySpan<char> topic, out ReadOnlySpan<char> owner, out ReadOnlySpan<char> type, out ReadOnlySpan<char> rest)
    {
        owner = type = default;
        rest = topic;
        if (Level(ref rest) is "homes" or "vehicles" or "owntracks" or "signals" or "vss")
            return false;
        rest = topic;
        while (!rest.IsEmpty)
        {
            if (Level(ref rest) is not InQueue)
                continue;
            if (Level(ref rest) is not "v2x")
                return false;
            type = Level(ref rest);
            owner = Level(ref rest);
            return owner.Length > 0;
        }

        return false;
    }

    /// <summary>Takes the first level off a topic.</summary>
    public static ReadOnlySpan<char> Level(scoped ref ReadOnlySpan<char> topic)
    {
        var end = topic.IndexOf('/');
        var level = end < 0 ? topic : topic[..end];
        topic = end < 0 ? default : topic[(end + 1)..];
        return level;
    }

    private static string WithoutNames(string topic)
    {
        var rest = topic.AsSpan();
        var root = Level(ref rest);
        if (root is not ("vss" or "owntracks"))
            return topic;
        Level(ref rest);
        if (root is "owntracks")
            Level(ref rest); // The device, which people name after themselves.
        return rest.IsEmpty ? $"{root}/…" : $"{root}/…/{rest}";
    }

    private static bool IsPaired(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
