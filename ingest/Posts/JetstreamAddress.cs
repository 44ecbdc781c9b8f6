using System.Globalization;

namespace CivicSignals.Ingest.Posts;

/// <summary>What to ask of Jetstream.</summary>
internal static class JetstreamAddress
{
    public const string SecondPath = "/xrpc/network.bsky.jetstream.subscribeEvents";
    private const string FirstPath = "/subscribe";
    private const string DictionaryPath = "/xrpc/network.bsky.jetstream.getZstdDictionary";

    /// <summary>Which protocol an address speaks, 1 or 2; null: neither.</summary>
    public static int? VersionOf(Uri address) => address.AbsolutePath switch { FirstPath => 1, SecondPath => 2, _ => null };

    /// <summary>Posts, reposts and accounts, from a cursor on.</summary>
    /// <param name="server">As configured.</param>
    /// <param name="cursor">Null: from now on.</param>
    /// <param name="dictionary">The zstd dictionary to compress with; null: none.</param>
    public static Uri Events(Uri server, long? cursor, uint? dictionary)
    {
        var first = VersionOf(server) == 1;
        var collections = first ? "wantedCollections" : "collections";
        var query = new List<string>
        {
            $"{collections}={JetstreamFrames.Collections.Posts}",
            $"{collections}={JetstreamFrames.Collections.Reposts}",
            $"maxMessageSizeBytes={JetstreamFrames.MaxFrame}",
        };
        if (!first)
            query.AddRange(["kinds=commit", "kinds=account"]);
        if (cursor is { } from)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"cursor={from}"));
        if (dictionary is { } id)
            query.Add(first ? "compress=true" : string.Create(CultureInfo.InvariantCulture, $"zstdDictionary={id}"));
        return server.Socket($"{server.AbsolutePath}?{string.Join('&', query)}");
    }

    /// <summary>Where version 2 hands out its dictionary.</summary>
    public static Uri Dictionary(Uri server) => server.Http(DictionaryPath);
}
