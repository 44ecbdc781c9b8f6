using System.IO.Compression;
using System.Text;
using CivicSignals.Ingest.Feeds;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest.Feeds;

public sealed class FeedClientTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));
    private FeedServer _server = null!;
    private FeedClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeedServer.StartAsync();
        _client = new FeedClient(_time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task GetAsync_ToldWhatItHas_AsksWithItAndHearsThatNothingChanged()
    {
        _server.Answer = context =>
        {
            if (context.Request.Headers.IfNoneMatch == "\"v1\"")
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.LastModified = "Sat, 10 Jan 2026 07:59:00 GMT";
            return FeedServer.Text(context, "{}");
        };
        var first = await GetAsync();
        var second = await GetAsync(validators: first.Validators);

        Assert.Equal("{}", Encoding.UTF8.GetString(first.Body.Span));
        Assert.True(second.NotModified);
        Assert.Equal("Sat, 10 Jan 2026 07:59:00 GMT", _server.Requests.Last().Headers["If-Modified-Since"]);
    }

    [Fact]
    public async Task GetAsync_Gzip_IsReadAsWhatItHolds()
    {
        _server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("{\"a\":1}"u8.ToArray(), Cancellation);
        };
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString((await GetAsync()).Body.Span));
        Assert.Contains("gzip", _server.Requests.Last().Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_BombInGzip_IsCutOff()
    {
        var zeros = new byte[1024 * 1024];
        _server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            for (var i = 0; i < 64; i++)
                await zip.WriteAsync(zeros, context.RequestAborted);
        };
        Assert.True((await GetAsync()).TooLarge);
    }

    [Fact]
    public async Task GetAsync_EndlessBody_IsCutOff()
    {
        _server.Answer = async context =>
        {
            var chunk = new byte[256 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        };
        Assert.True((await GetAsync()).TooLarge);
    }

    [Fact]
    public async Task GetAsync_BodyThatStalls_IsGivenUpInTime()
    {
        var begun = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            await context.Response.WriteAsync("{", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            begun.SetResult();
            await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted);
        };
        var answer = GetAsync();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(120), Cancellation);
        _time.Advance(FeedClient.Timeout);

        Assert.Equal("time-out", (await answer.WaitAsync(TimeSpan.FromSeconds(120), Cancellation)).Failure);
    }

    [Theory]
    [InlineData("/elsewhere", null)]
    [InlineData("https://other.example/feed", "redirected to another host or away from https")]
    [InlineData("http://169.254.169.254/latest", "redirected to another host or away from https")]
    [InlineData("http://127.0.0.1:1/feed", "redirected to another host or away from https")]
    [InlineData("file:///etc/passwd", "redirected to another host or away from https")]
    public async Task GetAsync_Redirected_StaysWithTheHost(string to, string? failure)
    {
        _server.Answer = context =>
        {
            if (context.Request.Path != "/feed")
                return FeedServer.Text(context, "here");
            context.Response.Redirect(to);
            return Task.CompletedTask;
        };
        var answer = await GetAsync();

        Assert.Equal(failure, answer.Failure);
        Assert.Equal(failure is null ? "here" : "", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task GetAsync_RedirectedForEver_GivesUp()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect("/feed");
            return Task.CompletedTask;
        };
        Assert.Equal("too many redirects", (await GetAsync()).Failure);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("86400", 3600)]
    [InlineData("Sat, 10 Jan 2026 08:02:00 GMT", 120)]
    public async Task GetAsync_AskedToWait_SaysHowLongWithinAnHour(string header, int seconds)
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        };
        var answer = await GetAsync();

        Assert.Equal("HTTP 429", answer.Failure);
        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.RetryAfter);
    }

    [Fact]
    public async Task GetAsync_NobodyListens_IsAFailureAndNoException()
    {
        var feed = _server.Feed("waze");
        await _server.DisposeAsync();
        Assert.Equal("ConnectionError", (await _client.GetAsync(feed, new Uri(feed.Url), null, Cancellation)).Failure);
    }

    [Fact]
    public async Task GetAsync_Secret_GoesToTheFeedsOwnHostOnly()
    {
        await using var other = await FeedServer.StartAsync();
        var feed = _server.Feed("cap");
        feed.Authorization = "Bearer s3cret";
        await _client.GetAsync(feed, new Uri(feed.Url), null, Cancellation);
        await _client.GetAsync(feed, new Uri(other.Address + "/x"), null, Cancellation);

        Assert.Equal("Bearer s3cret", _server.Requests.Single().Headers["Authorization"]);
        Assert.DoesNotContain("Authorization", other.Requests.Single().Headers.Keys);
    }

    private Task<FeedAnswer> GetAsync(FeedValidators? validators = null) => _client.GetAsync(_server.Feed("waze"), new Uri(_server.Address + "/feed"), validators, Cancellation);
}
