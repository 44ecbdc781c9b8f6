namespace CivicSignals.Tests.Replay;

/// <summary>Mergers and splits in recordings.</summary>
public sealed class MergeReplayTests : IDisposable
{
    private const string Near = """{"lat":53.0466,"lon":-2.9925,"hazard":"Fire"}""";

    private readonly Recording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task Replay_SplitMergedAgainAndUndone_GivesTheSameBytes()
    {
        Story();
        var text = await _recording.TextAsync();
        Assert.Equal(text, await _recording.TextAsync());
    }

    [Fact]
    public async Task Replay_SplitMergedAgainAndUndone_PrintsEachStep()
    {
        Story();
        var lines = await _recording.PlayAsync();
        Assert.DoesNotContain(lines, line => line.Text("type") == "rejected");
        var incidents = lines.Of("incident").ToList();
        Assert.Equal(3, incidents.Select(line => line.Text("id")).Distinct().Count());
        var first = incidents[0].Text("id");
        var closed = Assert.Single(incidents, line => line.Text("stage") == "Closed");
        Assert.Equal((first, "Merged"), (closed.Text("mergedInto"), closed.Text("outcome")));
        var last = incidents.Last(line => line.Text("id") == first);
        Assert.Equal(2, last.GetProperty("apart").GetArrayLength() + last.GetProperty("evidence").GetArrayLength() - 1);
        Assert.Contains(lines.Of("alert"), alert => alert.TryGetProperty("supersedes", out var ids) && ids[0].GetString() == closed.Text("id") + "-c");
        Assert.Equal(7, lines[^1].Count("evidence"));
    }

    [Theory]
    [InlineData("""  "action":"merge","near":{NEAR},"into":{NEAR} """, "no-such-incident")]
    [InlineData("""  "action":"merge","near":{NEAR} """, "bad-shape")]
    [InlineData("""  "action":"merge","near":{NEAR},"into":7 """, "bad-shape")]
    [InlineData("""  "action":"split","near":{NEAR} """, "not-possible")]
    [InlineData("""  "action":"split","near":{NEAR},"evidence":{"a":1} """, "not-possible")]
    [InlineData("""  "action":"split","near":{NEAR},"evidence":["homes/gw1/0xa fire.smoke"] """, "not-possible")]
    [InlineData("""  "action":"undo-merge","near":{NEAR} """, "not-possible")]
    public async Task Replay_WhatCannotBe_IsRejected(string action, string reason)
    {
        _recording.Describe(0, "gw1").Smoke(1, "gw1");
        _recording.Line($$"""{"at":"2026-01-10T08:02:00.000Z","via":"operator","user":"u1",{{action.Replace("{NEAR}", Near, StringComparison.Ordinal)}}}""");
        var lines = await _recording.PlayAsync();
        Assert.Equal(reason, Assert.Single(lines.Of("rejected")).Text("reason"));
    }

    /// <summary>Two homes at one fire; the second is split off, merged again, and the merger undone.</summary>
    private void Story()
    {
        _recording.Describe(0, "gw1").Describe(0, "gw2").Smoke(1, "gw1").Heat(1, "gw1").Smoke(2, "gw2").Heat(2, "gw2");
        Operator("08:03:00", "split", $$""","evidence":["homes/gw2/0xa fire.smoke","homes/gw2/0xb fire.heat"]""");
        Operator("08:04:00", "merge", $$""","into":{{Near}}""", """{"lat":53.0467,"lon":-2.9924,"hazard":"Fire"}""");
        Operator("08:05:00", "undo-merge", "");
    }

    private void Operator(string time, string action, string rest, string near = Near) =>
        _recording.Line($$"""{"at":"2026-01-10T{{time}}.000Z","via":"operator","action":"{{action}}","near":{{near}}{{rest}},"user":"u1","note":"n"}""");
}
