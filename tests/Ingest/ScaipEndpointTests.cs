using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CivicSignals.Areas;
using CivicSignals.Ingest.Dialects.Scaip;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Ingest;

/// <summary>Telecare over HTTP, on a port of its own, with fake areas behind it.</summary>
public sealed class ScaipEndpointTests : IAsyncLifetime
{
    private const string Fall = "<mrq><ref>a&amp;b</ref><mty>ME</mty><cid>12</cid><dty>05</dty><stc>09</stc></mrq>";

    private readonly HttpClient _client = new();
    private readonly IngestBench _bench = new();
    private readonly WebApplication _app;

    public ScaipEndpointTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_bench.Pipeline).AddSingleton<IMessageIntake>(_bench.Pipeline);
        builder.Services.AddSingleton<TimeProvider>(_bench.Time);
        builder.Services.AddSingleton(Registry.Parse(Encoding.UTF8.GetBytes(IngestBench.RegistryJson)));
        _app = builder.Build();
        _app.MapTelecare();
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Post_Alarm_IsAnsweredWhenItsAreaHasIt()
    {
        var (status, body) = await PostAsync("gw1", Fall);
        Assert.Equal((HttpStatusCode.OK, "<mrs><ref>a&amp;b</ref><snu>0</snu></mrs>"), (status, body));
        Assert.Equal(("homes/gw1/12", "medical.fall"), _bench.Areas.Signals.Select(signal => (signal.Source, signal.Kind)).Single());
    }

    [Fact]
    public async Task Post_AreaDoesNotTakeIt_IsBusyAndNotAcknowledged()
    {
        _bench.Areas.Answer = (_, _, _) => throw new TimeoutException();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "<mrs><ref>a&amp;b</ref><snu>6</snu></mrs>"), await PostAsync("gw1", Fall));

        _bench.Areas.Answer = (_, signals, _) => Task.FromResult(new OfferReceipt([.. signals.Select(_ => SignalOutcome.Evidence)], null));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("gw1", Fall)).Status);
    }

    [Theory]
    [InlineData("<mrq>", "<mrs><ref></ref><snu>2</snu></mrs>")]
    [InlineData("<mrq><ref>1</ref><dty>5</dty></mrq>", "<mrs><ref>1</ref><snu>7</snu></mrs>")]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>x</dty></mrq>", "<mrs><ref>1</ref><snu>3</snu></mrs>")]
    [InlineData("<mrq><ref>1</ref><cid>1</cid><dty>999</dty><stc>9</stc></mrq>", "<mrs><ref>1</ref><snu>5</snu></mrs>")]
    [InlineData("<!DOCTYPE mrq [<!ENTITY a 'b'>]><mrq><ref>&a;</ref></mrq>", "<mrs><ref></ref><snu>2</snu></mrs>")]
    public async Task Post_Unusable_IsAnsweredAsTheStandardHasIt(string body, string answer)
    {
        Assert.Equal((HttpStatusCode.BadRequest, answer), await PostAsync("gw1", body));
        Assert.Equal(1, _bench.Account.Read().Rejected);
        Assert.Equal("https", Assert.Single(_bench.Letters.Newest(10)).Via);
    }

    [Fact]
    public async Task Post_TooLong_IsRefusedUnread() =>
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "<mrs><ref></ref><snu>1</snu></mrs>"), await PostAsync("gw1", new string(' ', 100_000)));

    [Theory]
    [InlineData("gw1", "gw1:wrong")]
    [InlineData("gw1", "gw2:s-gw2")] // Another's.
    [InlineData("v1", "v1:s-v1")] // No gateway.
    [InlineData("gw1", "gw1")]
    [InlineData("gw1", null)]
    public async Task Post_WithoutTheGatewaysCredentials_IsRefusedUnheard(string gateway, string? credentials)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(gateway, Fall, credentials)).Status);
        Assert.Equal(0, _bench.Account.Read().Received);
    }

    private Task<(HttpStatusCode Status, string Body)> PostAsync(string gateway, string body) => PostAsync(gateway, body, $"{gateway}:s-{gateway}");

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string gateway, string body, string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_app.Urls.First()}/api/scaip/{gateway}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/xml");
        if (credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
