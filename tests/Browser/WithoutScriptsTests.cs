using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>Everything can be read and done with scripts off.</summary>
public sealed class WithoutScriptsTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Queue_Acknowledge_IsAPlainForm()
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        await visit.Page.GotoAsync("/control");
        await visit.Page.Locator("#acknowledge-fire-1").ClickAsync();
        Assert.Equal("/control", new Uri(visit.Page.Url).AbsolutePath);
        await Assertions.Expect(visit.Page.GetByText("Acknowledged by a.morgan")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Incident_AllClear_AsksFirstAndKeepsTheNote()
    {
        await using var visit = await browser.VisitAsync(390, scripts: false);
        await visit.Page.GotoAsync("/control/incidents/co-1");
        await Assertions.Expect(visit.Page.Locator("[value=all-clear]")).ToBeHiddenAsync();
        await visit.Page.GetByText("All clear …").ClickAsync();
        await visit.Page.Locator("#note-all-clear").FillAsync("Boiler isolated");
        await visit.Page.Locator("[value=all-clear]").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("All clear given. Everyone who was alerted has been told.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("Gave the all clear: “Boiler isolated”")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("This incident is closed.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/", "Fire in a building in Maple Park")]
    [InlineData("/n/maple-park", "Smoke alarms in two homes close together")]
    [InlineData("/alerts/over-1-public", "This is over. The control room has given the all clear.")]
    [InlineData("/ops", "Every message is accounted for")]
    public async Task Page_WithoutScripts_SaysTheSame(string address, string words)
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        await visit.Page.GotoAsync(address);
        await Assertions.Expect(visit.Page.GetByText(words).First).ToBeVisibleAsync();
    }
}
