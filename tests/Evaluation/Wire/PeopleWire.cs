using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Wire;

/// <summary>What people send: reports to the platform, and public posts.</summary>
internal static class PeopleWire
{
    public static string Report(string reporter, string kind, bool seen, Point place) =>
        $$$"""
        "via":"report","report":{"kind":"{{{kind}}}","says":"{{{(seen ? "seen" : "nothing-here")}}}","lat":{{{Json.Number(place.Lat)}}},"lon":{{{Json.Number(place.Lon)}}},"reporter":"{{{reporter}}}"}}
        """;

    /// <summary>A new post, as Bluesky's Jetstream (version 1) frames it.</summary>
    public static string Post(string account, string key, string text, DateTimeOffset clock) => Frame(
        account, "app.bsky.feed.post", key, clock,
        $$$"""{"$type":"app.bsky.feed.post","createdAt":"{{{Json.Time(clock)}}}","langs":["en"],"text":{{{Json.Text(text)}}}}""");

    /// <summary>A repost: no text of its own.</summary>
    public static string Repost(string account, string key, string ofAccount, string ofKey, DateTimeOffset clock) => Frame(
        account, "app.bsky.feed.repost", key, clock,
        $$$"""{"$type":"app.bsky.feed.repost","createdAt":"{{{Json.Time(clock)}}}","subject":{"cid":"bafyrei{{{ofKey}}}","uri":"at://did:plc:{{{ofAccount}}}/app.bsky.feed.post/{{{ofKey}}}"}}""");

    private static string Frame(string account, string collection, string key, DateTimeOffset clock, string record) =>
        $$$$"""
        "via":"bluesky","frame":{"did":"did:plc:{{{{account}}}}","time_us":{{{{clock.ToUnixTimeMilliseconds() * 1000}}}},"kind":"commit","commit":{"rev":"{{{{key}}}}","operation":"create","collection":"{{{{collection}}}}","rkey":"{{{{key}}}}","record":{{{{record}}}},"cid":"bafyrei{{{{key}}}}"}}}
        """;
}
