using System.Collections.Concurrent;
using System.Security.Claims;
using CivicSignals.Accounting;
using CivicSignals.Areas;
using CivicSignals.Dashboard;
using CivicSignals.Dashboard.Access;
using CivicSignals.Feeds;
using CivicSignals.Fusion;
using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Notices;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Tests.Browser;

/// <summary>The whole dashboard on loopback, with its own sign-in, over homes in memory.</summary>
internal sealed class HomeSite : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("civic-homes-");
    private WebApplication _app = null!;

    public HomesFake Homes { get; } = new(TimeProvider.System);

    /// <summary>Everything that was logged, from the finest level on.</summary>
    public ConcurrentQueue<string> Logged { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public static async Task<HomeSite> StartAsync(params (string Key, string Value)[] settings)
    {
        var site = new HomeSite();
        await site.RunAsync(settings);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _data.Delete(true);
    }

    private async Task RunAsync((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "CivicSignals.Silo", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new Memory(Logged));
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Logging:LogLevel:Default", "Trace")).Append(("Data:Path", _data.FullName)).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2));
        var ledger = new MemoryLedger();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILedgerReader>(ledger)
            .AddSingleton<IPostStore>(new Posts.MemoryPosts())
            .AddSingleton<IUserStore>(new MemoryUsers())
            .AddSingleton(SampleTown.Neighbourhoods)
            .AddSingleton(FusionModel.Bundled())
            .AddSingleton(OneAreaFactory.Of(new MemoryArea(ledger, TimeProvider.System)))
            .AddSingleton<MessageAccount>().AddSingleton<DeadLetters>().AddSingleton<Latencies>().AddSingleton<AreaCount>()
            .AddSingleton<IHomes>(Homes)
            .AddSingleton<IFalseCalls>(SampleFacts.FalseCalls(TimeProvider.System.GetUtcNow()))
            .AddSingleton<IHomeFacts>(SampleFacts.Store(TimeProvider.System.GetUtcNow()))
            .AddSingleton<INotices>(SampleFeeds.Notices(TimeProvider.System.GetUtcNow()))
            .AddSingleton<IFeedStates>(SampleFeeds.States(TimeProvider.System.GetUtcNow()))
            .AddSingleton(SampleFeeds.Duties(TimeProvider.System.GetUtcNow()))
            .AddSingleton<IGatewayEntrance>(new Entrance())
            .AddKeyedSingleton(FirstUser.Output, TextWriter.Null)
            .AddResidentsInMemory(new RecordedReports(), new QuestionsInMemory())
            .AddPages();
        builder.AddDashboard();
        _app = builder.Build();
        _app.MapPages();
        _app.MapDashboard();
        _app.MapGet("/api/streets.geojson", () => Results.Content(SampleTown.StreetsJson, "application/geo+json"));
        _app.MapGet("/test/as/{role}", async (string role, HttpContext context) =>
        {
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, "o.pugh"), new(ClaimTypes.Role, role)], "test");
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
            return Results.LocalRedirect("/join");
        });
        _app.MapGet("/test/home/{gateway}", async (string gateway, HttpContext context) =>
        {
            await Residents.SignInAsync(context, (await Homes.FindAsync(gateway, default))!);
            return Results.LocalRedirect("/join");
        });
        await _app.StartAsync();
    }

    private sealed class Entrance : IGatewayEntrance
    {
        public int Port => 21883;
    }

    private sealed class Memory(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
