using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;

namespace CivicSignals.Benchmarks.Load;

/// <summary>Posts as a stream of all posts delivers them: most say nothing of a place, some do, few say that something happens there.</summary>
internal static class PostSamples
{
    private static readonly string[] Texts =
    [
        "good morning everyone, hope you all have a lovely day ☀️",
        "I have been reading about the history of rail travel and honestly the network we lost in the sixties is a tragedy; every valley had a line once, and people used it.",
        "lol",
        "New episode out now! We talk about games, films and why the second album is always the hardest https://example.org/listen #podcast #music",
        "Can anyone recommend a plumber in Wrexham? Mine has retired",
        "今日はとてもいい天気ですね。散歩に行きました",
        "Off to Chester for the day with the kids, first stop the zoo",
        "Huge fire on Elm Road, Wrexham, smoke coming out of the flats",
        "The match was brilliant, what a goal, the lads were on fire tonight",
        "@friend.example thanks so much for this, it made my day. See you on Thursday?",
    ];

    /// <summary>One frame of each, as Jetstream's first version writes it.</summary>
    public static IReadOnlyList<byte[]> Frames { get; } = [.. Texts.Select((text, i) => Encoding.UTF8.GetBytes($$$"""
        {"did":"did:plc:q235vbxp6mn2rdzv5kqlhcb{{{i}}}","time_us":{{{1768032000000000 + i}}},"kind":"commit","commit":{"rev":"3mmoojpaqkn2z","operation":"create","collection":"app.bsky.feed.post","rkey":"3mmoojp4cd22{{{i}}}","record":{"$type":"app.bsky.feed.post","createdAt":"2026-01-10T08:00:00.000Z","langs":["en"],"text":{{{JsonSerializer.Serialize(text)}}}},"cid":"bafyreicl7vn2yxmn6mfwghfbh7pyeb4vmyb4rrpzpzpzpzpzpzpzpzpz"}}
        """.Trim()))];

    /// <summary>As many made-up places as Great Britain has in common gazetteers, and the ones that the samples name.</summary>
    public static IReadOnlyList<NamedPlace> Places { get; } =
    [
        new("Wrexham", new Place(53.0466, -2.9925, 3000)), new("Elm Road", new Place(53.047, -2.993, 150)), new("Chester", new Place(53.19, -2.89, 3000)),
        .. Enumerable.Range(0, 4644).Select(i => new NamedPlace($"{Syllables(i)}{(i % 3 == 0 ? " on Sea" : "")}", At(i))),
        .. Enumerable.Range(0, 2972).Select(i => new NamedPlace($"{(char)('A' + (i / 99 % 26))}{(char)('A' + (i / 2574))}{(i % 99) + 1}", At(i))),
    ];

    private static string Syllables(int i)
    {
        string[] first = ["Aber", "Bron", "Cam", "Dun", "Ever", "Fen", "Glas", "Hor", "Inver", "Kil", "Lan", "Mar", "Nor", "Ox", "Pen", "Ros"];
        string[] last = ["bury", "by", "caster", "combe", "dale", "field", "ford", "ham", "ley", "mouth", "ness", "stead", "stow", "thorpe", "ton", "wick", "worth"];
        return first[i % first.Length] + "aeiou"[i / 16 % 5] + last[i / 80 % last.Length] + (i / 1360 is 0 ? "" : "xyz"[i / 1360 % 3]);
    }

    private static Place At(int i) => new(50 + (i % 70 * 0.1), -5 + (i / 70 * 0.05), 1500);
}
