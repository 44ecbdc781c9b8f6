using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>One Chromium and one host for all page tests. Where Chromium is absent each test is skipped by name.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private PagesHost? _host;

    internal PagesHost Host => _host ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        if (!IsThere)
            return;
        _host = await PagesHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(_playwright);
    }

    internal static bool IsThere => File.Exists(Chromium);

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Chromium,
        Args = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    });

    /// <summary>A fresh page, closed with its <see cref="BrowserVisit"/>. Skips the test where there is no browser.</summary>
    internal Task<BrowserVisit> VisitAsync(int width = 1280, bool scripts = true) => VisitAsync(_browser, () => Host.Address, width, scripts);

    internal static async Task<BrowserVisit> VisitAsync(IBrowser? browser, Func<Uri> address, int width, bool scripts)
    {
        Assert.SkipWhen(browser is null, $"no Chromium at {Chromium}");
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address().ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 800 },
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await BrowserVisit.OpenAsync(context, address());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
