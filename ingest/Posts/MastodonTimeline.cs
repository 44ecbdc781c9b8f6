using System.Text.Json;
using CivicSignals.Ingest.Dialects;

namespace CivicSignals.Ingest.Posts;

/// <summary>What was posted while nobody listened: Mastodon's streams have no cursor, but its timelines can be read from an id on.</summary>
/// <param name="server">Whose.</param>
/// <param name="client">With its token.</param>
internal sealed class MastodonTimeline(MastodonServer server, HttpClient client)
{
    /// <summary>The most pages that are read, 40 posts each; servers allow 300 requests in 5 minutes.</summary>
    public const int MaxPages = 50;

    private const int PerPage = 40; // the most that servers give
    private const int MaxPage = 8 * 1024 * 1024;

    private readonly Uri _server = new(server.Url);

    /// <summary>Statuses after an id, as JSON, oldest first; at the most so many as a page holds. Empty: there are no more.</summary>
    /// <exception cref="StreamEndedException">The answer is no timeline, or too large.</exception>
    public async Task<IReadOnlyList<(string Id, ReadOnlyMemory<byte> Status)>> AfterAsync(string id, CancellationToken cancellation)
    {
        var path = server.Stream == "hashtag" ? $"/api/v1/timelines/tag/{Uri.EscapeDataString(server.Tag)}" : "/api/v1/timelines/public";
        var local = server.Stream == "public:local" ? "&local=true" : "";
        var page = await client.GetAsync(_server.Http($"{path}?min_id={id}&limit={PerPage}{local}"), MaxPage, cancellation);
        try
        {
            using var document = JsonDocument.Parse(page, StrictJson.DocumentOptions);
            return
            [
                .. document.RootElement.EnumerateArray()
                    .Select(status => (Id: MastodonEvents.Id(status.Text("id")), Status: status))
                    .Where(found => found.Id is not null && IsAfter(found.Id, id))
                    .OrderBy(found => found.Id!.Length).ThenBy(found => found.Id, StringComparer.Ordinal)
                    .Take(PerPage)
                    .Select(found => (found.Id!, (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(found.Status))),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StreamEndedException("a timeline that is none", null, e);
        }
    }

    /// <summary>Ids grow: as numbers, or in the order of their letters.</summary>
    public static bool IsAfter(string id, string? other) =>
        other is null || id.Length > other.Length || (id.Length == other.Length && string.CompareOrdinal(id, other) > 0);
}
