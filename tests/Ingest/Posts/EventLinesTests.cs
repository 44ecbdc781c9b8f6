using System.Text;
using CivicSignals.Ingest.Posts;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest.Posts;

public sealed class EventLinesTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("event: a\ndata: 1\n\nevent:b\r\ndata:2\r\n\r\n", "a=1 b=2")]
    [InlineData(":thump\n\n:)\n\nevent: a\ndata: 1\n\n", "a=1")]
    [InlineData("event: a\ndata: 1\ndata: 2\n\n", "a=1\n2")]
    [InlineData("data: 1\n\n", "=1")]
    [InlineData("id: 7\nretry: 3\nevent: a\n\n", "a=")]
    [InlineData("event: a\ndata: 1", "")]
    [InlineData("\n\n\n", "")]
    public async Task Read_Lines_AreEvents(string sent, string expected) => Assert.Equal(expected, string.Join(' ', await ReadAsync(sent, 16)));

    [Fact]
    public async Task Read_BeyondBounds_IsSaidAndTheNextIsRead()
    {
        var line = new string('x', 100_000);

        Assert.Equal(["a=TooLarge", "b=2"], await ReadAsync($"event: a\ndata: {line}\n\nevent: b\ndata: 2\n\n", 16));
        Assert.Equal(["a=TooLarge", "b=2"], await ReadAsync($"event: a\n{string.Concat(Enumerable.Repeat("data: 1234567\n", 9))}\nevent: b\ndata: 2\n\n", 16));
    }

    [Fact]
    public async Task Read_EndlessLine_EndsTheStream() =>
        await Assert.ThrowsAsync<StreamEndedException>(() => ReadAsync(new string('x', 17 * 1024 * 1024), 16));

    [Fact]
    public async Task Read_Silence_EndsTheStream()
    {
        var time = new FakeTimeProvider();
        var pipe = new System.IO.Pipelines.Pipe();
        await using var events = new EventLines(pipe.Reader.AsStream(), 16, Idle, time);
        var reading = events.ReadAsync(CancellationToken.None).AsTask();

        time.Advance(Idle);

        await Assert.ThrowsAsync<StreamEndedException>(() => reading);
    }

    private static async Task<List<string>> ReadAsync(string sent, int maxEvent)
    {
        var found = new List<string>();
        await using var events = new EventLines(new MemoryStream(Encoding.UTF8.GetBytes(sent)), maxEvent, Idle, TimeProvider.System);
        while (await events.ReadAsync(CancellationToken.None) is { } happened)
            found.Add($"{happened.Name}={(happened.IsTooLarge ? "TooLarge" : Encoding.UTF8.GetString(happened.Data.Span))}");
        return found;
    }
}
