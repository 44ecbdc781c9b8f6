using Microsoft.Playwright;

namespace CivicSignals.Tests.Integration;

/// <summary>Debian's browser. Where it is absent the test is skipped by name.</summary>
internal static class Chromium
{
    private const string Path = "/usr/bin/chromium";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assert.SkipUnless(File.Exists(Path), $"no Chromium at {Path}");
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }
}
