using System.Text.Json;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads a status, as Mastodon's API calls a post. Its author's profile is not looked at, but for the name and whether it is a machine.</summary>
internal static class MastodonStatus
{
    /// <summary>The longest text that is taken, UTF-16 code units; servers may allow more, and the rest is cut off.</summary>
    public const int MaxText = 3000;

    private const int MaxUrl = 2048;
    private const int MaxLanguage = 35;
    private const int MaxAccount = 320;

    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    public static PostReading Read(JsonElement status, string id, string host, bool edited)
    {
        var reblog = status.Member("reblog") is { ValueKind: JsonValueKind.Object } other ? other : (JsonElement?)null;
        if (!IsForEveryone(status) || (reblog is { } spread && !IsForEveryone(spread)))
            return PostReading.Ambient;
        if (Author(status, host) is not { } author)
            return PostReading.Reject(Reasons.BadShape, "a status without its author");
        if (author.Length == 0 && !edited)
            return PostReading.Reject(Reasons.BadShape, "a status without its author");
        var post = new PostEvent
        {
            Network = MastodonEvents.Network,
            Change = edited ? PostChange.Edited : PostChange.Posted,
            Author = author,
            Id = Name(host, id),
            Language = status.Text("language") is { Length: > 0 and <= MaxLanguage } language ? language : null,
            Url = Url(status.Text("url")) ?? Url(status.Text("uri")) ?? "",
            Bot = status.Member("account").Member("bot") is { ValueKind: JsonValueKind.True },
            ReplyTo = Reference(host, status.Text("in_reply_to_id")),
            Of = Reference(host, status.Member("quote").Member("quoted_status")?.Text("id")),
        };
        if (reblog is { } of)
        {
            return Reference(host, of.Text("id")) is { } spreads
                ? new PostReading(post with { Change = PostChange.Reposted, Of = spreads })
                : PostReading.Reject(Reasons.BadShape, "a boost of nothing");
        }

        return status.Text("content") is { } content
            ? new PostReading(post with { Text = Text(status.Text("spoiler_text"), content) })
            : PostReading.Reject(Reasons.BadShape, "a status without a text");
    }

    /// <summary>Where it does not say, it is: only streams that everyone may read are listened to.</summary>
    private static bool IsForEveryone(JsonElement status) => status.Member("visibility") is not { } visibility
        || (visibility.ValueKind == JsonValueKind.String && visibility.GetString() is "public" or "unlisted");

    private static string Text(string? warning, string content)
    {
        var text = HtmlText.Of(content, MaxText);
        return string.IsNullOrWhiteSpace(warning) ? text : HtmlText.Cut($"{warning.Trim()}\n{text}", MaxText);
    }

    /// <summary>Empty: it does not say, as an edit may not; null: nobody can be called so.</summary>
    private static string? Author(JsonElement status, string host)
    {
        if (status.Member("account")?.Text("acct") is not { } account)
            return "";
        if (account.Length is 0 or > MaxAccount || account.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return null;
        var full = account.Contains('@', StringComparison.Ordinal) ? account : $"{account}@{host}";
        return $"{MastodonEvents.Network}:{full.ToLowerInvariant()}";
    }

    private static string? Reference(string host, string? id) => MastodonEvents.Id(id) is { } known ? Name(host, known) : null;

    private static string Name(string host, string id) => $"{MastodonEvents.Network}:{host}/{id}";

    private static string? Url(string? text) =>
        text is { Length: <= MaxUrl } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url.AbsoluteUri : null;
}
