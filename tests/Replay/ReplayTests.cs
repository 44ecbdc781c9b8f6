using System.Globalization;

namespace CivicSignals.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly Recording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task Replay_HouseFire_IsWatchedConfirmedToldAndEnded()
    {
        _recording.Describe(0, "gw1").Describe(0, "gw2").Smoke(1, "gw1").Heat(5, "gw1").Smoke(6, "gw2").Operator(7, "confirm").Operator(20, "all-clear");

        var lines = await _recording.PlayAsync();

        Assert.Equal(
            [
                "incident Open unconfirmed 1",
                "incident Open two-kinds 2", "alert ControlRoom 1 Alert",
                "incident Open two-kinds 3", "alert ControlRoom 2 Update",
                "incident Open operator 3", "alert ControlRoom 3 Update", "alert Public 1 Alert",
                "incident Closed operator 3", "alert ControlRoom 4 Update", "alert Public 2 Update",
                "summary",
            ],
            lines.Select(Decisions.Brief));
        Assert.Single(lines.Of("incident").Select(line => line.Text("id")).Distinct());
        Assert.Equal("2026-01-10T08:05:00.000Z", lines[2].Text("at"));
        Assert.All(lines.Of("alert").Where(alert => alert.Text("audience") == "Public"), alert => Assert.DoesNotContain("gw1", alert.GetRawText(), StringComparison.Ordinal));
        Assert.Equal("AllClear", lines.Of("incident").Last().Text("outcome"));
    }

    [Fact]
    public async Task Replay_SameMessagesAgain_ChangeNothing()
    {
        _recording.Describe(0, "gw1").Smoke(1, "gw1").Heat(5, "gw1").Smoke(6, "gw1").Heat(6, "gw1").Smoke(7, "gw1");

        var lines = await _recording.PlayAsync();

        Assert.Equal(["incident Open unconfirmed 1", "incident Open two-kinds 2", "alert ControlRoom 1 Alert", "summary"], lines.Select(Decisions.Brief));
        Assert.Equal(3, lines[^1].Count("repeated"));
    }

    [Fact]
    public async Task Replay_CrashSeenByVehicles_IsToldToEveryoneAndCloses()
    {
        _recording.Crash(10, "v1").Crash(10.5, "v2").Crash(11, "v3").Crash(11.5, "v3").Crash(12, "v1", ends: true).Crash(12.1, "v2", ends: true).Crash(12.2, "v3", ends: true);

        var lines = await _recording.PlayAsync();

        var told = lines.Of("alert").Where(alert => alert.Text("audience") == "Public").ToList();
        Assert.Single(told.Select(alert => alert.Text("id")).Distinct());
        Assert.Equal(1, told.Count(alert => alert.Text("msgType") == "Alert"));
        Assert.Equal("2026-01-10T08:10:30.000Z", told[0].Text("at"));
        Assert.Equal("Closed", lines.Of("incident").Last().Text("stage"));
    }

    [Fact]
    public async Task Replay_AcknowledgementAndSensorsClear_PrintNoIncident()
    {
        _recording.Describe(0, "gw1").Smoke(1, "gw1").Operator(2, "acknowledge").Operator(2, "acknowledge").Smoke(3, "gw1", active: false);

        var lines = await _recording.PlayAsync();

        Assert.Equal(["incident Open unconfirmed 1", "summary"], lines.Select(Decisions.Brief));
        Assert.Equal(3, lines[^1].Count("evidence"));
        Assert.Equal(1, lines[^1].Count("repeated"));
    }

    [Fact]
    public async Task Replay_Tick_ClosesWhatIsDueAtItsTimeAndInOrder()
    {
        const int Month = 30 * 24 * 60;
        _recording.Describe(0, "gw1").Describe(0, "gw3").Smoke(1, "gw3").Smoke(2, "gw1").Tick(Month).Smoke(Month, "gw1");

        var lines = await _recording.PlayAsync();

        var incidents = lines.Of("incident").ToList();
        Assert.Equal(["Open", "Open", "Closed", "Closed", "Open"], incidents.Select(line => line.Text("stage")));
        Assert.Equal(incidents[0].Text("id"), incidents[2].Text("id"));
        Assert.Equal("Expired", incidents[2].Text("outcome"));
        Assert.InRange(Time(incidents[2].Text("at")), Recording.Start.AddMinutes(3), Recording.Start.AddDays(1));
        Assert.Equal(Time(incidents[2].Text("at")).AddMinutes(1), Time(incidents[3].Text("at")));
        Assert.Equal(Recording.Start.AddMinutes(Month), Time(incidents[4].Text("at")));
        Assert.Equal(Recording.Start.AddMinutes(Month), Time(lines[^1].Text("at")));
    }

    [Fact]
    public async Task Replay_LineOfAnEarlierTime_IsReceivedNow()
    {
        _recording.Describe(5, "gw1").Smoke(2, "gw1");

        Assert.Equal("2026-01-10T08:05:00.000Z", Assert.Single((await _recording.PlayAsync()).Of("incident")).Text("at"));
    }

    [Fact]
    public async Task Replay_RepeatsThatAreValidForLonger_KeepACrashOpen()
    {
        for (var minute = 10; minute < 100; minute += 5)
            _recording.Crash(minute, "v1", validFor: 10);

        var lines = await _recording.Tick(300).PlayAsync();

        var end = lines.Of("incident").Last();
        Assert.Equal("Closed", end.Text("stage"));
        Assert.InRange(Time(end.Text("at")), Recording.Start.AddMinutes(125), Recording.Start.AddMinutes(125.1));
    }

    [Fact]
    public async Task Replay_NoTickAfterTheEnd_LeavesWhatIsOpen()
    {
        _recording.Describe(0, "gw1").Smoke(1, "gw1").Tick(2);

        Assert.Equal(["incident Open unconfirmed 1", "summary"], (await _recording.PlayAsync()).Select(Decisions.Brief));
    }

    [Fact]
    public async Task Replay_ReportWithAlarm_IsEvidence()
    {
        _recording.Describe(0, "gw1").Smoke(1, "gw1").Report(2, """{"kind":"fire","says":"seen","lat":53.0466,"lon":-2.9925,"reporter":"r1"}""");

        var lines = await _recording.PlayAsync();

        Assert.Equal(2, lines.Of("incident").Last().GetProperty("evidence").GetArrayLength());
        Assert.Equal(2, lines[^1].Count("evidence"));
    }

    [Fact]
    public async Task Replay_OperatorNearTwoFires_ActsOnTheNearer()
    {
        // Half a kilometre north of the other fire: near enough to it for an action, but farther than the nearer one.
        _recording
            .Mqtt(1, "signals/a", """{"kind":"fire.smoke","active":true,"lat":53.0466,"lon":-2.9925}""")
            .Mqtt(1, "signals/b", """{"kind":"fire.smoke","active":true,"lat":53.0506,"lon":-2.9925}""")
            .Operator(2, "confirm", lat: 53.0495)
            .Operator(3, "confirm", lat: 53.0600)
            .Operator(4, "confirm", hazard: "Flood");

        var lines = await _recording.PlayAsync();

        var confirmed = Assert.Single(lines.Of("incident"), line => Decisions.Brief(line) == "incident Open operator 1");
        Assert.Equal(53.0506, confirmed.GetProperty("lat").GetDouble(), 4);
        Assert.Equal(["rejected 4 no-such-incident", "rejected 5 no-such-incident"], lines.Of("rejected").Select(Decisions.Brief));
    }

    [Fact]
    public async Task Replay_LinesThatCannotBe_AreRejectedByNumberAndTheRestGoesOn()
    {
        _recording
            .Describe(0, "gw1")
            .Line("{not json")
            .Line("")
            .Line("""{"via":"tick"}""")
            .Line("""{"at":"2026-01-10T08:00:10Z","via":"bluesky","frame":{}}""")
            .Line("""{"at":"2026-01-10T08:00:11Z","via":"mastodon","event":"update","payload":{}}""")
            .Line("""{"at":"2026-01-10T08:00:12Z","via":"mqtt","topic":"homes/gw1/z2m/hall smoke"}""")
            .Mqtt(1, "homes/gw1/z2m/hall smoke", "\"no json\"")
            .Mqtt(1, "homes/stranger/z2m/hall smoke", """{"smoke":true}""")
            .Line($$"""{"at":"2026-01-10T08:01:00Z","via":"mqtt","topic":"signals/s","payload":"{{new string('x', 5 * 1024 * 1024)}}"}""")
            .Line("""{"at":"2026-01-10T08:01:01Z","via":"operator","action":"destroy","near":{"lat":53,"lon":-2,"hazard":"Fire"},"user":"u1"}""")
            .Line("""{"at":"2026-01-10T08:01:02Z","via":"pigeon","frame":{}}""")
            .Smoke(2, "gw1");

        var lines = await _recording.PlayAsync();

        Assert.Equal(
            [
                "rejected 2 not-json", "rejected 4 bad-time", "rejected 5 bad-shape", "rejected 6 bad-shape", "rejected 7 bad-shape",
                "rejected 8 not-json", "rejected 9 unregistered-source", "rejected 10 too-large", "rejected 11 bad-shape", "rejected 12 unsupported-via",
                "incident Open unconfirmed 1", "summary",
            ],
            lines.Select(Decisions.Brief));
        Assert.Equal("2026-01-10T08:00:10.000Z", lines[2].Text("at"));
        Assert.Equal(12, lines[^1].Count("received"));
        Assert.True(lines[^1].Balances());
    }

    [Fact]
    public async Task Replay_OneMessageOfManyAlarms_IsWeighedAsOne()
    {
        for (var i = 0; i < 30; i++)
            _recording.Mqtt(i, $"homes/gw1/z2m/{i}", """{"smoke":true,"heat":true,"carbon_monoxide":true,"water_leak":true,"gas":true}""");

        var lines = await _recording.PlayAsync();

        Assert.Equal(30, lines[^1].Count("evidence"));
        foreach (var moment in lines.Of("incident").GroupBy(line => (line.Text("at"), line.Text("id"))))
            Assert.Single(moment);
    }

    [Fact]
    public async Task Replay_Nothing_IsAnEmptyAccount()
    {
        var summary = Assert.Single(await _recording.PlayAsync());
        Assert.Equal(0, summary.Count("received"));
    }

    [Fact]
    public async Task Replay_MixedRecordingTwice_IsTheSameByteForByte()
    {
        MixedTown.Write(_recording, 20_000);

        var first = await _recording.TextAsync();
        var second = await _recording.TextAsync();

        Assert.Equal(first, second);
        var summary = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(first.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.True(summary.Balances());
        Assert.Equal(0, summary.Count("failed"));
        Assert.All(["evidence", "ambient", "repeated", "rejected"], name => Assert.True(summary.Count(name) > 50, $"{name}: {summary.Count(name)}"));
    }

    private static DateTimeOffset Time(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
}
