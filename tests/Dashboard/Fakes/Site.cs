using System.Net;
using System.Net.Http.Headers;
using CivicSignals.Dashboard;
using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Live;
using CivicSignals.Fusion;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using CivicSignals.Tests.Posts;
using CivicSignals.Notices;
using CivicSignals.Tests.Ingest.Feeds;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>The dashboard on a real server at a free port of the loopback address, with a ledger, users, areas and a clock of the test's own.</summary>
public sealed class Site : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("civic-site-");
    private WebApplication _app = null!;

    public MemoryLedger Ledger { get; } = new();
    internal MemoryPosts Posts { get; } = new();
    public MemoryUsers Users { get; } = new();
    internal MemoryNotices Notices { get; } = new();
    public RecordedAreas Areas { get; } = new();
    public RecordedReports Reports { get; } = new();
    public QuestionsInMemory Questions { get; } = new();
    public FalseCallsInMemory FalseCalls { get; } = new();
    public FakeTimeProvider Time { get; } = new(Entries.Start.AddMinutes(10));
    public StringWriter Printed { get; } = new();
    public HttpClient Http { get; private set; } = null!;
    public string DataPath => _data.FullName;
    public IServiceProvider Services => _app.Services;
    public LiveHub Hub => Services.GetRequiredService<LiveHub>();

    /// <summary>Starts it with one control-room user <c>ann</c> and one operator <c>olu</c>.</summary>
    public static async Task<Site> StartAsync(Action<Site>? before = null, params (string Key, string Value)[] settings)
    {
        var site = new Site();
        site.Users.With("ann", Password, Roles.ControlRoom).With("olu", Password, Roles.Operator);
        before?.Invoke(site);
        await site.RunAsync(settings);
        return site;
    }

    /// <summary>Starts it without users.</summary>
    public static async Task<Site> StartEmptyAsync(params (string Key, string Value)[] settings)
    {
        var site = new Site();
        await site.RunAsync(settings);
        return site;
    }

    public static NeighbourhoodMap Map() => new(
    [
        new("Lache", "lache", [[(53.03, -3.0), (53.03, -2.97), (53.07, -2.97), (53.07, -3.0), (53.03, -3.0)]]),
        new("Hoole & <Newton>", "hoole-newton",
        [
            [(53.1, -3.0), (53.2, -3.0), (53.2, -2.9), (53.1, -3.0)],
            [(53.3, -3.0), (53.4, -3.0), (53.4, -2.9), (53.3, -3.0)],
        ]),
    ]);

    public string Token(params string[] roles) => Services.GetRequiredService<AccessTokens>().Issue("robot", roles);

    public HttpClient WithToken(params string[] roles)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(roles));
        return client;
    }

    /// <summary>A browser: keeps cookies, follows no redirects.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Http.BaseAddress };

    /// <summary>The form token as a page would hold it.</summary>
    public static async Task<string> FormTokenAsync(HttpClient browser) => await browser.GetStringAsync("/test/form-token");

    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password, string returnUrl = "")
    {
        var form = new Dictionary<string, string>
        {
            ["name"] = name,
            ["password"] = password,
            ["returnUrl"] = returnUrl,
            ["__RequestVerificationToken"] = await FormTokenAsync(browser),
        };
        return await browser.PostAsync("/sign-in", new FormUrlEncodedContent(form));
    }

    /// <summary>Appends an entry and has the hub look at once, as a push does.</summary>
    public long Publish(LedgerEntry entry)
    {
        var seq = Ledger.Append(entry);
        Hub.Wake();
        return seq;
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _data.Delete(true);
    }

    private async Task RunAsync((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Append(("Data:Path", DataPath)).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ILedgerReader>(Ledger).AddSingleton<IPostStore>(Posts).AddSingleton<IUserStore>(Users).AddSingleton(Areas.Factory()).AddSingleton(Map());
        builder.Services.AddSingleton<TimeProvider>(Time).AddKeyedSingleton<TextWriter>(FirstUser.Output, Printed);
        builder.Services.AddHomesInMemory();
        builder.Services.AddResidentsInMemory(Reports, Questions);
        builder.Services.AddSingleton<INotices>(Notices).AddSingleton<IFalseCalls>(FalseCalls).AddSingleton(FusionModel.Bundled());
        builder.AddDashboard();
        _app = builder.Build();
        _app.MapDashboard();
        _app.MapGet("/test/form-token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        _app.MapGet("/test/home-form-token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken)
            .RequireAuthorization(Roles.Resident);
        _app.MapGet("/test/operator", () => "operator").RequireAuthorization(Roles.Operator);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }
}
