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
        if (!File.Exists(Chromium))
            return;
        _host = await PagesHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    /// <summary>A fresh page, closed with its <see cref="BrowserVisit"/>. Skips the test where there is no browser.</summary>
    internal async Task<BrowserVisit> VisitAsync(int width = 1280, bool scripts = true)
    {
        Assert.SkipWhen(_browser is null, $"no Chromium at {Chromium}");
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Host.Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 800 },
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await BrowserVisit.OpenAsync(context, Host.Address);
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
