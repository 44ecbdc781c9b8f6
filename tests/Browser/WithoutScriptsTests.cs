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

    [Fact]
    public async Task Incident_Split_TakesWhatIsTickedAndSaysWhatWentWrong()
    {
        await using var visit = await browser.VisitAsync(390, scripts: false);
        await visit.Page.GotoAsync("/control/incidents/fire-1");
        await visit.Page.GetByText("Split …").ClickAsync();
        await visit.Page.Locator("[value=split]").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The incident does not hold all of that evidence; nothing was changed.")).ToBeVisibleAsync();
        await visit.Page.GetByText("Split …").ClickAsync();
        await visit.Page.GetByLabel("Smoke alarm next door").CheckAsync();
        await visit.Page.Locator("#note-split").FillAsync("Another house");
        await visit.Page.Locator("[value=split]").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Split. What you ticked is an incident of its own now; the log names it.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("Split evidence off into incident apart-1: “Another house”")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("ol.evidence > li")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.GetByText("Parted from")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Incident_UndoMerge_IsAButtonAtTheMergedOne()
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        await visit.Page.GotoAsync("/control/incidents/fire-1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo this merge of next-1" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Undone. What had been merged is an incident of its own again; the log names it.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo this merge of next-1" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Incident_Merge_LeadsToTheOneThatGoesOn()
    {
        await using var visit = await browser.VisitAsync(scripts: false);
        await visit.Page.GotoAsync("/control/incidents/watch-1");
        await visit.Page.GetByText("Merge …").ClickAsync();
        await visit.Page.Locator("#into").SelectOptionAsync("fire-1");
        await visit.Page.Locator("[value=merge]").ClickAsync();
        Assert.Equal("/control/incidents/fire-1", new Uri(visit.Page.Url).AbsolutePath);
        await Assertions.Expect(visit.Page.GetByText("Merged. What was known of the other incident is here now")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/control/incidents/watch-1");
        await Assertions.Expect(visit.Page.GetByText("It proved to be the same event as")).ToBeVisibleAsync();
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
