using System.Text.Json;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Dashboard.ControlRoom;

/// <summary>The public posts among an incident's evidence, with their texts as far as their authors have left them. For control rooms only.</summary>
public sealed class IncidentPosts
{
    private readonly Dictionary<(string Source, string Kind), string> _keys = [];
    private readonly Dictionary<string, KeptPost> _kept = [];

    /// <summary>Without posts.</summary>
    public static IncidentPosts None { get; } = new();

    /// <summary>The keys of all posts that were ever evidence of it, each with the post, or null where its text is gone.</summary>
    public IEnumerable<(string Key, KeptPost? Post)> All => Keys.Select(key => (key, _kept.GetValueOrDefault(key)));

    private HashSet<string> Keys { get; } = [];

    /// <summary>Reads them.</summary>
    /// <param name="entries">All entries of the incident, oldest first.</param>
    /// <param name="posts">Where texts are.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public static async Task<IncidentPosts> ReadAsync(IReadOnlyList<LedgerEntry> entries, IPostStore posts, CancellationToken cancellation)
    {
        var found = new IncidentPosts();
        foreach (var entry in entries.Where(entry => entry.Type == EntryType.Evidence))
        {
            var evidence = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Evidence)!;
            if (!IsPost(evidence.Source) || evidence.Event is not { } key)
                continue;
            found._keys[(evidence.Source, evidence.Kind)] = key; // The newest of a source is the one that counts.
            found.Keys.Add(key);
        }

        if (found.Keys.Count > 0)
        {
            foreach (var post in await posts.FindAsync(found.Keys, cancellation))
                found._kept[post.Key] = post;
        }

        return found;
    }

    /// <summary>An incident's entries, after those of the incidents that posts came from to it, by a merger or a split.</summary>
    internal static async Task<IReadOnlyList<LedgerEntry>> WithOriginsAsync(IReadOnlyList<LedgerEntry> entries, ILedgerReader ledger, CancellationToken cancellation)
    {
        if (entries.LastOrDefault(entry => entry.Type == EntryType.Incident) is not { } newest)
            return entries;
        var line = JsonSerializer.Deserialize(newest.Body.Span, LedgerJson.Lines.IncidentLine)!;
        var all = new List<LedgerEntry>();
        if (line.Evidence.Any(piece => IsPost(piece.Source)))
        {
            foreach (var origin in (line.Apart ?? []).Concat(line.MergedFrom?.Select(merger => merger.Id) ?? []))
                all.AddRange(await ledger.IncidentAsync(origin, cancellation));
        }

        return [.. all, .. entries];
    }

    /// <summary>Whether a source is the author of posts.</summary>
    public static bool IsPost(string source) => source.StartsWith(KeptPost.SourcePrefix, StringComparison.Ordinal);

    /// <summary>The post that a piece of evidence is; null: its text is gone.</summary>
    public KeptPost? Of(EvidenceLine piece) => _keys.TryGetValue((piece.Source, piece.Kind), out var key) ? _kept.GetValueOrDefault(key) : null;
}
