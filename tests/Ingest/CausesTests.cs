using System.Text.RegularExpressions;
using CivicSignals.Fusion;
using CivicSignals.Ingest.Dialects.Its;

namespace CivicSignals.Tests.Ingest;

public sealed class CausesTests
{
    /// <summary>Each cause that has a list of sub-causes, with the last of them: CDD 1.3.1 and 2.4.1 together.</summary>
    private static readonly (int Cause, int Last)[] Lists =
    [
        (1, 9), (2, 8), (3, 10), (5, 17), (6, 12), (9, 12), (10, 7), (11, 9), (12, 21), (14, 2), (15, 7), (17, 6), (18, 8), (19, 3),
        (26, 8), (27, 4), (91, 10), (92, 4), (93, 3), (94, 6), (95, 2), (96, 5), (97, 9), (98, 3), (99, 8), (100, 5),
    ];

    private static readonly (long Cause, long Sub)[] All = [.. Lists.SelectMany(list => Enumerable.Range(0, list.Last + 1).Select(sub => ((long)list.Cause, (long)sub)))];

    /// <summary>Words of the table in facts that are kinds here; null: no hazard.</summary>
    private static readonly Dictionary<string, string?> Words = new()
    {
        ["congestion"] = null,
        ["congestion.queue-end"] = "road.queue-end",
        ["crash"] = "crash.accident",
        ["crash + hazmat"] = "crash.accident road.hazmat",
        ["crash imminent"] = "crash.imminent",
        ["emergency-services at scene"] = "road.emergency-services",
        ["police at scene"] = null, // Where the police work is not for the public.
        ["medical at scene"] = "road.emergency-services",
        ["child abduction (dep.)"] = null,
        ["emergency-vehicle"] = null,
        ["fire"] = "fire.roadside",
        ["fire evidence (smoke)"] = "road.smoke",
        ["fire.vehicle"] = "fire.vehicle",
        ["flood"] = "flood.surface",
        ["hard-braking"] = "road.hard-braking",
        ["hazmat"] = "road.hazmat",
        ["info"] = null,
        ["info (static)"] = null,
        ["medical"] = "medical.driver-collapse",
        ["medical (driver)"] = "medical.driver",
        ["near-miss"] = "road.near-miss",
        ["near-miss VRU"] = "road.near-miss",
        ["power-line"] = "road.power-line",
        ["road-hazard"] = "road.hazard",
        ["violence"] = "disorder.violence",
        ["weather"] = "road.weather",
    };

    /// <summary>Where the project says something more exact than the table, or has decided otherwise.</summary>
    private static readonly Dictionary<(long, long), string?> Otherwise = new()
    {
        [(9, 3)] = "road.collapse", // A sinkhole is one under either cause.
        [(92, 0)] = "crash.post-crash",
        [(92, 1)] = "crash.post-crash",
        [(92, 2)] = "crash.ecall-manual",
        [(92, 3)] = "crash.ecall-automatic",
        [(92, 4)] = "crash.post-crash",
        [(94, 1)] = "medical.driver", // Why it stands, in the old list; the new one says heart and consciousness.
        [(94, 3)] = "crash.post-crash",
        [(94, 5)] = "road.stationary road.hazmat",
        [(100, 0)] = null, // A level crossing as it should be.
        [(100, 2)] = null,
        [(100, 3)] = null,
        [(100, 4)] = null,
        [(100, 5)] = null,
    };

    public static TheoryData<long, long> Pairs => [.. All];

    [Fact]
    public void Pairs_OfBothReleases_AreAllThere()
    {
        Assert.Equal(224, Causes.Embedded.Pairs.Count);
        Assert.Equal(All.Order(), Causes.Embedded.Pairs.Order());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void KindsOf_Pair_AreKindsOfTheModel(long cause, long sub) =>
        Assert.All(Causes.Embedded.KindsOf(cause, sub), kind => Assert.True(FusionModel.Bundled().Knows(kind), kind));

    [Theory]
    [InlineData(2, 5, "crash.accident road.hazmat")]
    [InlineData(5, 5, "road.hazmat")]
    [InlineData(94, 5, "road.stationary road.hazmat")]
    [InlineData(5, 16, "road.power-line")]
    [InlineData(5, 7, "road.collapse")]
    [InlineData(18, 2, "road.smoke")]
    [InlineData(93, 2, "medical.driver-collapse")]
    [InlineData(93, 3, "medical.driver-collapse")]
    [InlineData(20, 7, "disorder.violence")]
    [InlineData(92, 3, "crash.ecall-automatic")]
    [InlineData(92, 2, "crash.ecall-manual")]
    [InlineData(92, 77, "crash.post-crash")]
    [InlineData(94, 6, "fire.vehicle")]
    [InlineData(91, 10, "fire.vehicle")]
    [InlineData(6, 11, "flood.surface")]
    [InlineData(15, 1, "road.emergency-services")]
    [InlineData(97, 4, "road.near-miss")]
    [InlineData(99, 5, "road.hard-braking")]
    [InlineData(99, 2, "crash.imminent")]
    [InlineData(42, 0, "road.hazard")]
    [InlineData(255, 255, "road.hazard")]
    [InlineData(7, 9, "road.surface")]
    [InlineData(28, 0, "")]
    [InlineData(95, 1, "")]
    [InlineData(100, 1, "road.hazard")]
    public void KindsOf_Cause_AreThoseOfTheTable(long cause, long sub, string kinds) => Assert.Equal(kinds, string.Join(' ', Causes.Embedded.KindsOf(cause, sub)));

    [Fact]
    public async Task KindsOf_EveryPairOfTheFacts_IsWhatTheySay()
    {
        var facts = await File.ReadAllTextAsync(Shared.File("facts/formats.md"), TestContext.Current.CancellationToken);
        var table = facts[facts.IndexOf("#### 3.1.2", StringComparison.Ordinal)..facts.IndexOf("#### 3.1.3", StringComparison.Ordinal)];
        var compared = 0;
        foreach (Match row in Regex.Matches(table, @"^\| (\d+) \| (\d+|…) \| (.+) \| (.+) \|$", RegexOptions.Multiline))
        {
            var (cause, word) = (long.Parse(row.Groups[1].Value), row.Groups[4].Value.Trim('*'));
            var subs = row.Groups[2].Value is "…" ? Regex.Matches(row.Groups[3].Value, @"(?:^|; )(\d+) ").Select(match => long.Parse(match.Groups[1].Value)) : [long.Parse(row.Groups[2].Value)];
            if (row.Groups[3].Value.StartsWith("no sub-cause list", StringComparison.Ordinal))
                continue;
            foreach (var sub in subs)
            {
                compared++;
                var expected = Otherwise.TryGetValue((cause, sub), out var kinds) ? kinds
                    : Words.TryGetValue(word, out kinds) ? kinds
                    : word.Replace("road-hazard.", "road.", StringComparison.Ordinal);
                Assert.Equal((cause, sub, expected ?? ""), (cause, sub, string.Join(' ', Causes.Embedded.KindsOf(cause, sub))));
            }
        }

        Assert.Equal(224, compared);
    }
}
