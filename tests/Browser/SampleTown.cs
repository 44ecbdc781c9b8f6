using System.Globalization;
using System.Text;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Questions;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Browser;

/// <summary>Four neighbourhoods and one of each sort of incident, as the ledger would hold them a while after they began.</summary>
internal static class SampleTown
{
    public const string Fire = "fire-1";
    public const string Home = "53.04661";
    public const string HomeSource = "homes/gw-maple-7/0x00158d0003abcdef";

    private static readonly Confirmation TwoKinds = new("two-kinds", 1, default, ["homes/gw-maple-7/0x00158d0003abcdef fire.smoke", "homes/gw-maple-7/0x00158d00041122aa fire.heat"]);

    public static NeighbourhoodMap Neighbourhoods { get; } = NeighbourhoodMap.Parse(Encoding.UTF8.GetBytes(NeighbourhoodsJson));

    public static string NeighbourhoodsJson => """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"name":"Maple Park","slug":"maple-park"},"geometry":{"type":"Polygon","coordinates":[[[-3.004,53.043],[-2.989,53.0415],[-2.9835,53.047],[-2.987,53.0515],[-2.998,53.0525],[-3.004,53.043]]]}},
          {"type":"Feature","properties":{"name":"Station Quarter","slug":"station-quarter"},"geometry":{"type":"Polygon","coordinates":[[[-3.022,53.042],[-3.004,53.043],[-2.998,53.0525],[-3.012,53.055],[-3.023,53.05],[-3.022,53.042]]]}},
          {"type":"Feature","properties":{"name":"Mill Bank","slug":"mill-bank"},"geometry":{"type":"Polygon","coordinates":[[[-3.022,53.042],[-3.004,53.043],[-2.989,53.0415],[-2.992,53.034],[-3.01,53.0325],[-3.022,53.042]]]}},
          {"type":"Feature","properties":{"name":"Priory Fields","slug":"priory-fields"},"geometry":{"type":"Polygon","coordinates":[[[-2.989,53.0415],[-2.9835,53.047],[-2.969,53.046],[-2.968,53.037],[-2.992,53.034],[-2.989,53.0415]]]}}]}
        """;

    /// <summary>A plain grid, enough to see that streets are drawn.</summary>
    public static string StreetsJson
    {
        get
        {
            var lines = Enumerable.Range(0, 12).Select(i => Line(-3.023 + (i * 0.005), 53.0325, -3.018 + (i * 0.005), 53.055))
                .Concat(Enumerable.Range(0, 10).Select(i => Line(-3.023, 53.0335 + (i * 0.0023), -2.968, 53.0315 + (i * 0.0023))));
            return $$"""{"type":"FeatureCollection","features":[{{string.Join(",", lines)}}]}""";
        }
    }

    public static IEnumerable<LedgerEntry> Entries(DateTimeOffset now) =>
        [.. HouseFire(now), .. Watched(now), .. Crash(now), .. KeptBack(now), .. Leak(now), .. FalseAlarm(now), .. Over(now)];

    /// <summary>One that stands, about the fire, and one that has ended.</summary>
    public static IEnumerable<Question> Questions(DateTimeOffset now) =>
    [
        new()
        {
            Id = "smoke1", Neighbourhood = "maple-park", Text = "Can anyone see smoke near the park gate?", AskedBy = "a.morgan", AskedAt = now.AddMinutes(-3), Until = now.AddMinutes(27),
            About = new QuestionSubject(Fire, Samples.Area, Hazard.Fire),
        },
        new() { Id = "lights1", Neighbourhood = "mill-bank", Text = "Are the street lights on in Mill Lane?", AskedBy = "j.price", AskedAt = now.AddHours(-2), Until = now.AddHours(-1) },
    ];

    private static IEnumerable<LedgerEntry> HouseFire(DateTimeOffset now)
    {
        var opened = now.AddMinutes(-14);
        EvidenceLine smoke = new(HomeSource, "fire.smoke", opened, 7.8, 9.2, "Smoke alarm in a home, 14 min ago", 53.04661, -2.99252, null);
        EvidenceLine heat = new("homes/gw-maple-7/0x00158d00041122aa", "fire.heat", now.AddMinutes(-11), 2.3, 6.1, "Heat alarm in the same home, 11 min ago: counts less, because one home is not two witnesses", 53.04661, -2.99252, null);
        EvidenceLine next = new("homes/gw-maple-9/0x00158d00055566bb", "fire.smoke", now.AddMinutes(-6), 5.9, 9.2, "Smoke alarm next door, 18 m away, 6 min ago", 53.04672, -2.99231, null);
        var confirmation = TwoKinds with { At = now.AddMinutes(-11) };
        yield return Samples.Entry(Fire, Evidence(smoke), opened);
        yield return Samples.Entry(Samples.Incident(Fire, Hazard.Fire, opened, opened, 0.004, "Maple Park", null, [smoke]));
        yield return Samples.Entry(Fire, Evidence(heat), now.AddMinutes(-11));
        yield return Samples.Entry(Samples.Incident(Fire, Hazard.Fire, opened, now.AddMinutes(-11), 0.36, "Maple Park", confirmation, [smoke, heat], told: true));
        yield return Samples.Entry(Samples.Alert(Fire, 1, Audience.ControlRoom, now.AddMinutes(-11), "Fire, Maple Park: smoke and heat alarms in one home", ["Smoke alarm in a home", "Heat alarm in the same home"]) with { Belief = 0.36 });
        yield return Samples.Entry(Fire, Evidence(next), now.AddMinutes(-6));
        yield return Samples.Entry(Samples.Incident(Fire, Hazard.Fire, opened, now.AddMinutes(-6), 0.93, "Maple Park", confirmation, [smoke, next, heat], told: true) with
        {
            MergedFrom = [new("next-1", Fire, Hazard.Fire, now.AddMinutes(-6), now.AddMinutes(-6), "j.price", [$"{next.Source} {next.Kind}"], [], null, null)],
        });
        yield return Samples.Entry(Samples.Alert(Fire, 2, Audience.ControlRoom, now.AddMinutes(-6), "Fire, Maple Park: alarms in two homes", ["Smoke alarm in a home", "Smoke alarm next door", "Heat alarm in the same home"]) with { Belief = 0.93 });
        yield return Samples.Entry(Samples.Alert(Fire, 1, Audience.Public, now.AddMinutes(-6), "Fire in a building in Maple Park", ["Smoke alarms in two homes close together", "A heat alarm in one of them"]) with { Belief = 0.93, Confirmed = true, Lat = 53.047, Lon = -2.993, RadiusM = 300 });
    }

    private static IEnumerable<LedgerEntry> Watched(DateTimeOffset now)
    {
        EvidenceLine smoke = new("homes/gw-mill-2/0x00158d0001020304", "fire.smoke", now.AddMinutes(-3), 6.4, 9.2, "Smoke alarm in a home, 3 min ago", 53.0381, -3.0061, null);
        yield return Samples.Entry(Samples.Incident("watch-1", Hazard.Fire, now.AddMinutes(-3), now.AddMinutes(-3), 0.0001, "Mill Bank", null, [smoke]));
    }

    private static IEnumerable<LedgerEntry> KeptBack(DateTimeOffset now)
    {
        var kept = SampleFacts.Kept(now);
        EvidenceLine panel = new("homes/gw-maple-7/panel", "intrusion.alarm", now.AddMinutes(-6), 11.8, 11.8, "Intruder alarm in a home, 6 min ago", 53.0466, -2.9925, null);
        yield return Samples.Entry(Samples.Incident("kept-1", Hazard.Intrusion, now.AddMinutes(-6), now.AddMinutes(-6), 0.1, "Maple Park", null, [panel]) with
        {
            FalseCalls = [kept],
            Withheld = $"Not sent to police unless it is confirmed: {kept.Says}",
        });
    }

    private static IEnumerable<LedgerEntry> Crash(DateTimeOffset now)
    {
        var opened = now.AddMinutes(-9);
        EvidenceLine first = new("vehicles/car-311", "road.crash-reported", opened, 4.1, 4.4, "A vehicle reports an accident, 9 min ago", 53.0494, -3.0102, null);
        EvidenceLine second = new("vehicles/van-88", "road.crash-reported", now.AddMinutes(-8), 2.6, 4.4, "A second vehicle reports the same accident, 8 min ago: counts less, as part of one queue", 53.0495, -3.0099, null);
        yield return Samples.Entry(Samples.Incident("crash-1", Hazard.RoadCrash, opened, now.AddMinutes(-8), 0.78, "Station Quarter", null, [first, second], told: true) with { Lat = 53.0494, Lon = -3.0101 });
        yield return Samples.Entry(Samples.Alert("crash-1", 1, Audience.ControlRoom, opened, "Road crash, Station Quarter: one vehicle reports it", ["A vehicle reports an accident"]) with { Hazard = Hazard.RoadCrash, Services = ["police", "highways"], Confirmed = false });
        yield return Samples.Entry(Samples.Alert("crash-1", 1, Audience.Public, now.AddMinutes(-8), "Road crash in Station Quarter", ["Two vehicles report an accident at the same place"]) with { Hazard = Hazard.RoadCrash, Confirmed = false, Lat = 53.0494, Lon = -3.0101, RadiusM = 80, Neighbourhood = "Station Quarter", NeighbourhoodSlug = "station-quarter" });
    }

    private static IEnumerable<LedgerEntry> Leak(DateTimeOffset now)
    {
        var opened = now.AddMinutes(-52);
        EvidenceLine alarm = new("homes/gw-priory-4/0x00158d0009090909", "gas.co", opened, 5.2, 5.8, "Carbon monoxide alarm in a home, 52 min ago", 53.0412, -2.9783, null);
        yield return Samples.Entry(Samples.Incident("co-1", Hazard.CarbonMonoxide, opened, now.AddMinutes(-40), 0.021, "Priory Fields", null, [alarm], told: true) with { Lat = 53.0412, Lon = -2.9783, AcknowledgedBy = "j.price" });
        yield return Samples.Entry(Samples.Alert("co-1", 1, Audience.ControlRoom, opened, "Carbon monoxide, Priory Fields: alarm in one home", ["Carbon monoxide alarm in a home"]) with { Hazard = Hazard.CarbonMonoxide, Confirmed = false, Neighbourhood = "Priory Fields", NeighbourhoodSlug = "priory-fields" });
        yield return Samples.Entry(new ActionLine(now.AddMinutes(-40), "action", "co-1", "acknowledge", "j.price", "Ringing the key holder"));
    }

    private static IEnumerable<LedgerEntry> FalseAlarm(DateTimeOffset now)
    {
        var closed = now.AddHours(-3);
        yield return Samples.Entry(Samples.Incident("false-1", Hazard.Fire, closed.AddMinutes(-20), closed, 0.91, "Maple Park", TwoKinds with { At = closed.AddMinutes(-19) }, [], told: true) with { Stage = Stage.Closed, Outcome = Outcome.FalseAlarm });
        yield return Samples.Entry(Samples.Alert("false-1", 1, Audience.Public, closed.AddMinutes(-15), "Fire in a building in Maple Park", ["Smoke alarms in two homes close together"]));
        yield return Samples.Entry(Samples.Alert("false-1", 2, Audience.Public, closed, "Withdrawn: no fire in Maple Park", ["The control room checked: it was a false alarm"]) with { MsgType = MsgType.Cancel, Ended = Outcome.FalseAlarm, FirstSentAt = closed.AddMinutes(-15), Certainty = Certainty.Observed });
    }

    private static IEnumerable<LedgerEntry> Over(DateTimeOffset now)
    {
        var closed = now.AddHours(-20);
        yield return Samples.Entry(Samples.Incident("over-1", Hazard.Flood, closed.AddHours(-4), closed, 0.97, "Maple Park", TwoKinds with { At = closed.AddHours(-3) }, [], told: true) with { Stage = Stage.Closed, Outcome = Outcome.AllClear });
        yield return Samples.Entry(Samples.Alert("over-1", 1, Audience.Public, closed.AddHours(-4), "Flooding in Maple Park", ["Water alarms in three homes"]) with { Hazard = Hazard.Flood });
        yield return Samples.Entry(Samples.Alert("over-1", 2, Audience.Public, closed.AddHours(-3), "Flooding in Maple Park, confirmed", ["Water alarms in five homes", "The council confirms it"]) with { Hazard = Hazard.Flood, MsgType = MsgType.Update, Certainty = Certainty.Observed, FirstSentAt = closed.AddHours(-4) });
        yield return Samples.Entry(Samples.Alert("over-1", 3, Audience.Public, closed, "All clear: flooding in Maple Park is over", ["The council gave the all clear"]) with { Hazard = Hazard.Flood, MsgType = MsgType.Update, Ended = Outcome.AllClear, Certainty = Certainty.Observed, FirstSentAt = closed.AddHours(-4) });
    }

    private static Evidence Evidence(EvidenceLine line) => new()
    {
        Source = line.Source,
        Kind = line.Kind,
        At = line.At,
        Place = new Place(line.Lat, line.Lon, 15),
        Consents = Consents.All,
    };

    private static string Line(double lon1, double lat1, double lon2, double lat2) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[{{{lon1}}},{{{lat1}}}],[{{{lon2}}},{{{lat2}}}]]}}""");
}
