using System.Text;
using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Replay;

public sealed class LineParserTests
{
    private const string At = "\"at\":\"2026-01-10T08:00:00.120Z\"";

    [Theory]
    [InlineData("""{ "a" : 1.50 , "b":[ ] }""", """{ "a" : 1.50 , "b":[ ] }""")]
    [InlineData("\"on \\u00e9\\n\"", "on é\n")]
    [InlineData("\"\"", "")]
    [InlineData("null", "null")]
    [InlineData("21.5", "21.5")]
    [InlineData("true", "true")]
    public void TryParse_Payload_IsAsTheDeviceSentIt(string written, string sent)
    {
        var line = Parse($"{{{At},\"via\":\"mqtt\",\"topic\":\"t\",\"retain\":true,\"payload\":{written},\"more\":[1]}}");

        Assert.Equal(sent, Encoding.UTF8.GetString(line.Payload!.Value.Span));
        Assert.Equal(("mqtt", "t", true), (line.Via, line.Topic, line.Retain));
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 8, 0, 0, 120, TimeSpan.Zero), line.At);
    }

    [Theory]
    [InlineData("2026-01-10T09:00:00+01:00")]
    [InlineData("2026-01-10T08:00:00")]
    public void TryParse_TimeOfOtherForm_IsUtc(string at) =>
        Assert.Equal(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero), Parse($$"""{"at":"{{at}}"}""").At);

    [Theory]
    [InlineData("not-json", "")]
    [InlineData("not-json", "{")]
    [InlineData("not-json", "{\"at\":\"2026-01-10T08:00:00Z\"} {}")]
    [InlineData("bad-shape", "[]")]
    [InlineData("bad-time", "{}")]
    [InlineData("bad-time", "{\"at\":1}")]
    [InlineData("bad-time", "{\"at\":\"soon\"}")]
    [InlineData("bad-time", "{\"at\":\"9999-12-31T23:59:59Z\"}")]
    [InlineData("bad-encoding", "{\"at\":\"2026-01-10T08:00:00Z\",\"topic\":\"\\ud800\"}")]
    public void TryParse_NoLine_SaysWhy(string reason, string line) =>
        Assert.Equal(reason, LineParser.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void TryParse_DeepPayload_IsLeftToTheDecoders()
    {
        var deep = new string('[', 100) + new string(']', 100);
        Assert.Equal(deep, Encoding.UTF8.GetString(Parse($"{{{At},\"payload\":{deep}}}").Payload!.Value.Span));
    }

    private static RecordedLine Parse(string text)
    {
        Assert.Null(LineParser.TryParse(Encoding.UTF8.GetBytes(text), out var line));
        return line;
    }
}
