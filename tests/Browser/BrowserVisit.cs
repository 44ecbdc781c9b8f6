using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>One page in a context of its own, with whatever went wrong in it.</summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private BrowserVisit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Console errors, page errors and requests to other hosts.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public static async Task<BrowserVisit> OpenAsync(IBrowserContext context, Uri home)
    {
        var visit = new BrowserVisit(context, await context.NewPageAsync());
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                visit.Faults.Enqueue($"console: {message.Text} at {message.Location}");
        };
        visit.Page.PageError += (_, error) => visit.Faults.Enqueue($"page: {error}");
        visit.Page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" or "ws" or "wss" && address.Authority != home.Authority)
                visit.Faults.Enqueue($"foreign host: {request.Url}");
        };
        return visit;
    }

    /// <summary>Opens an address and waits for its map, where it has one and scripts run.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        if (await Page.Locator("[data-map]").CountAsync() > 0)
            await Page.Locator("[data-map][data-ready=true]").WaitForAsync(new() { Timeout = 90_000 });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
