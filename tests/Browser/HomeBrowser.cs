using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>One Chromium and one site with homes. Where Chromium is absent each test is skipped by name.</summary>
public sealed class HomeBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HomeSite? _site;

    internal HomeSite Site => _site ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        if (!BrowserFixture.IsThere)
            return;
        _site = await HomeSite.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await BrowserFixture.LaunchAsync(_playwright);
    }

    internal Task<BrowserVisit> VisitAsync(int width = 1280, bool scripts = true) => BrowserFixture.VisitAsync(_browser, () => Site.Address, width, scripts);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
    }
}
