using System.Text;
using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>Servers are as hostile as any other outsider.</summary>
public sealed class NetworkClientTests
{
    private const string CutOff = "the answer is cut off, too long or no JSON";

    [Fact]
    public async Task Send_Redirected_DoesNotFollow()
    {
        var followed = false;
        var (reply, _) = await AskAsync(context =>
        {
            followed |= context.Request.Path == "/elsewhere";
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        Assert.Equal((Verdict.Failed, "HTTP 302"), (reply.Answer().Verdict, reply.Why));
        Assert.False(followed);
    }

    [Fact]
    public async Task Send_EndlessBody_GivesUp()
    {
        var (reply, _) = await AskAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 65_536));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
        });
        Assert.Equal((Verdict.Failed, CutOff), (reply.Answer().Verdict, reply.Why));
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Send_BodyThatIsNoUsableJson_Fails(string body)
    {
        var (reply, _) = await AskAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        });
        Assert.Equal((Verdict.Failed, CutOff), (reply.Answer().Verdict, reply.Why));
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("9999999999999")]
    [InlineData("never")]
    [InlineData("-5")]
    public async Task Send_TooOftenUntilASenselessMoment_WaitsAMinuteToADay(string reset)
    {
        var (reply, allowance) = await AskAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers["RateLimit-Reset"] = reset;
            return Task.CompletedTask;
        });
        Assert.Equal(Verdict.Limited, reply.Answer().Verdict);
        Assert.InRange(allowance.WaitFor(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
    }

    private static async Task<(NetworkReply Reply, Allowance Allowance)> AskAsync(RequestDelegate server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(server);
        await app.StartAsync();
        var services = new ServiceCollection();
        services.AddDeliveries();
        await using var provider = services.BuildServiceProvider();
        var time = new FakeTimeProvider(Entries.Start);
        var allowance = new Allowance(time, (300, TimeSpan.FromMinutes(5)));
        var client = new NetworkClient(provider.GetRequiredService<IHttpClientFactory>(), new Uri(app.Urls.First()), allowance, time);
        return (await client.SendAsync(HttpMethod.Get, "/", "token", null, default), allowance);
    }
}
