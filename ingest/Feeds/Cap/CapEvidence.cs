using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Notices;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>Whether an official alert is evidence that something happens at a place, by <c>cap-events.json</c>.</summary>
internal sealed class CapEvidence
{
    private const string Resource = "CivicSignals.Ingest.Feeds.Cap.cap-events.json";

    /// <summary>A wider area says who should know, and not where it happens. Metres.</summary>
    private const double WidestM = 5000;

    private readonly Rule[] _rules;

    public CapEvidence(IKindCatalogue kinds)
    {
        using var stream = typeof(CapEvidence).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        using var document = JsonDocument.Parse(stream);
        _rules = document.RootElement.GetProperty("rules").Deserialize<Rule[]>()!;
        if (Array.Find(_rules, rule => rule.Kind is not null && !kinds.Knows(rule.Kind)) is { } stranger)
            throw new InvalidOperationException($"{Resource} names {stranger.Kind}, which the model does not know");
    }

    /// <summary>The signal that a message in force makes, or null: it is a notice and no more.</summary>
    /// <param name="message">Actual, public, an Alert or Update.</param>
    /// <param name="notice">What is shown of it.</param>
    /// <param name="now">The moment.</param>
    public Signal? Of(CapMessage message, Notice notice, DateTimeOffset now)
    {
        if (message.Info is not { } info || KindOf(info) is not { } kind || !Happens(info, notice, now) || notice.Areas.Count == 0)
            return null;
        var place = CapShapes.Middle(notice.Areas);
        if (!place.IsValid || place.UncertaintyM > WidestM)
            return null;
        return new Signal
        {
            Source = $"cap/{notice.Id}",
            Kind = kind,
            Active = true,
            Event = notice.Id,
            Group = $"cap/{FeedIdentity.Of(message.Sender)}", // All that one issuer says of one thing is one voice.
            Place = place,
            ObservedAt = message.Sent < now ? message.Sent : now,
            ReceivedAt = now,
            ValidUntil = notice.Expires,
        };
    }

    private string? KindOf(CapInfo info)
    {
        var words = $" {string.Join(' ', info.Event.ToLowerInvariant().Split([' ', ',', '.', ':', ';', '-', '/', '(', ')', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))} ";
        return Array.Find(_rules, rule => rule.Words is not null ? words.Contains($" {rule.Words} ", StringComparison.Ordinal) : info.Categories.Contains(rule.Category!))?.Kind;
    }

    /// <summary>It is going on, as far as its issuer knows, and not only to be expected one day.</summary>
    private static bool Happens(CapInfo info, Notice notice, DateTimeOffset now) =>
        info.Urgency is "Immediate" or "Expected" && info.Certainty is "Observed" or "Likely" && !info.ResponseTypes.Contains("AllClear")
        && (notice.Onset is null || notice.Onset <= now) && notice.Expires > now;

    private sealed record Rule(
        [property: JsonPropertyName("words")] string? Words,
        [property: JsonPropertyName("category")] string? Category,
        [property: JsonPropertyName("kind")] string? Kind);
}
