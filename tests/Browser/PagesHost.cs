using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.Channels;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Dashboard;
using CivicSignals.Feeds;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Notices;
using CivicSignals.Signals;
using CivicSignals.Tests.Dashboard.Fakes;
using CivicSignals.Tests.Posts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Browser;

/// <summary>The pages alone, on loopback, over a ledger in memory, with a signed-in user and the platform's content security policy.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private const string Policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src blob: 'self'; connect-src 'self'";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private PagesHost(WebApplication app, MemoryLedger ledger, RecordedReports reports, QuestionsInMemory questions, DirectoryInfo data)
    {
        (_app, Ledger, Reports, Questions, _data) = (app, ledger, reports, questions, data);
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public MemoryLedger Ledger { get; }

    public MemoryPosts Posts => (MemoryPosts)_app.Services.GetRequiredService<IPostStore>();

    public RecordedReports Reports { get; }

    public QuestionsInMemory Questions { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<PagesHost> StartAsync(Func<Notice, Notice>? notice = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "CivicSignals.Silo", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var data = Directory.CreateTempSubdirectory("civic-pages-");
        builder.Configuration["Data:Path"] = data.FullName;
        var (ledger, reports, questions) = (new MemoryLedger(), new RecordedReports(), new QuestionsInMemory());
        foreach (var question in SampleTown.Questions(TimeProvider.System.GetUtcNow()))
            await questions.AskAsync(question);
        foreach (var entry in SampleTown.Entries(TimeProvider.System.GetUtcNow()))
            ledger.Append(entry);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILedgerReader>(ledger)
            .AddSingleton<IPostStore>(new MemoryPosts())
            .AddSingleton(SampleTown.Neighbourhoods)
            .AddSingleton(FusionModel.Bundled())
            .AddSingleton(OneAreaFactory.Of(new MemoryArea(ledger, TimeProvider.System)))
            .AddSingleton<IHomes>(new HomesFake(TimeProvider.System))
            .AddSingleton<MessageAccount>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<Latencies>().AddSingleton<AreaCount>()
            .AddSingleton<IFalseCalls>(SampleFacts.FalseCalls(TimeProvider.System.GetUtcNow()))
            .AddSingleton<IHomeFacts>(SampleFacts.Store(TimeProvider.System.GetUtcNow()))
            .AddResidentsInMemory(reports, questions)
            .AddSingleton<INotices>(SampleFeeds.Notices(TimeProvider.System.GetUtcNow(), notice))
            .AddSingleton<IFeedStates>(SampleFeeds.States(TimeProvider.System.GetUtcNow()))
            .AddSingleton(SampleFeeds.Duties(TimeProvider.System.GetUtcNow()))
            .AddPages();
        builder.Services.AddMetrics();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, AlwaysSignedIn>("test", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("control-room", policy => policy.RequireRole("control-room"))
            .AddPolicy("operator", policy => policy.RequireRole("operator"));
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        app.MapPages();
        app.MapGet("/api/neighbourhoods.geojson", () => Results.Content(SampleTown.NeighbourhoodsJson, "application/geo+json"));
        app.MapGet("/api/streets.geojson", () => Results.Content(SampleTown.StreetsJson, "application/geo+json"));
        app.MapGet("/api/incidents/stream", (HttpContext context) => StreamAsync(context, ledger, _ => true));
        app.MapGet("/api/alerts/stream", (HttpContext context) => StreamAsync(context, ledger, entry => entry.Alert is { Public: true }));
        app.MapGet("/test/no-ledger", string () => throw new LedgerUnavailableException("away on purpose"));
        app.MapGet("/test/frame", (HttpContext context, string of) =>
        {
            context.Response.Headers.Remove("Content-Security-Policy");
            return Results.Content($"<!DOCTYPE html><html lang='en'><title>A village</title><body><iframe src='{of}' title='Alerts' width='100%' height='320'></iframe>", "text/html");
        });
        app.MapGet("/test/broken", string () => throw new InvalidOperationException("broken on purpose"));
        Count(app.Services.GetRequiredService<MessageAccount>(), app.Services.GetRequiredService<DeadLetters>());
        await app.StartAsync();
        return new PagesHost(app, ledger, reports, questions, data);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _data.Delete(true);
    }

    private static async Task StreamAsync(HttpContext context, MemoryLedger ledger, Func<LedgerEntry, bool> wanted)
    {
        var entries = Channel.CreateUnbounded<LedgerEntry>();
        void Pass(LedgerEntry entry)
        {
            if (entry.Type is EntryType.Incident or EntryType.Alert && wanted(entry))
                entries.Writer.TryWrite(entry);
        }

        ledger.Appended += Pass;
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(":open\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var entry in entries.Reader.ReadAllAsync(context.RequestAborted))
            {
                var name = entry.Type == EntryType.Incident ? "incident" : "alert";
                await context.Response.WriteAsync($"id: {entry.Seq}\nevent: {name}\ndata: {System.Text.Encoding.UTF8.GetString(entry.Body.Span)}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // the reader has left, or the host stops
        }
        finally
        {
            ledger.Appended -= Pass;
        }
    }

    private static void Count(MessageAccount account, DeadLetters letters)
    {
        for (var i = 0; i < 4200; i++)
        {
            account.Receive();
            account.Settle(i % 21 == 0 ? SignalOutcome.Evidence : i % 3 == 0 ? SignalOutcome.Repeated : SignalOutcome.Ambient);
        }

        foreach (var (topic, reason, detail) in new[] { ("homes/gw1/z2m/hall smoke", "not-json", "byte 17"), ("signals/field-7", "unknown-kind", "") })
        {
            account.Receive();
            account.Reject(reason);
            letters.Add(new(TimeProvider.System.GetUtcNow(), "mqtt", topic, 312, reason, detail, "S127.0.0.1:11111:1/1"));
        }
    }

    private sealed class AlwaysSignedIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, "a.morgan"), new(ClaimTypes.Role, "control-room"), new(ClaimTypes.Role, "operator")], "test");
            return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), "test")));
        }
    }
}
