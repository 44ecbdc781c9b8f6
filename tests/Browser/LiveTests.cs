using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Browser;

/// <summary>What changes on open pages, and what must stay.</summary>
public sealed class LiveTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Queue_OnANewAlert_ShowsAndAnnouncesIt()
    {
        await using var visit = await browser.VisitAsync();
        await visit.GoAsync("/control");
        await Live(visit);
        browser.Host.Ledger.Append(Samples.Entry(Samples.Incident("new-1", Hazard.Gas, Now, Now, 0.4, "Mill Bank", null, [], told: true)));
        browser.Host.Ledger.Append(Samples.Entry(Samples.Alert("new-1", 1, Audience.ControlRoom, Now, "Gas leak, Mill Bank", []) with { Hazard = Hazard.Gas, Confirmed = false }));
        await Assertions.Expect(visit.Page.Locator("#incident-new-1")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[data-live-news]")).ToHaveTextAsync("New alert. Unconfirmed: Gas leak, Mill Bank");
        await Assertions.Expect(visit.Page.Locator("a.map-marker[href$='new-1']")).ToHaveCountAsync(1);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Queue_WhenRefreshed_KeepsFocusAndWhatIsOpen()
    {
        await using var visit = await browser.VisitAsync();
        await visit.GoAsync("/control");
        await Live(visit);
        await visit.Page.Locator("#watched summary").ClickAsync();
        await visit.Page.Locator("#incident-crash-1").FocusAsync();
        browser.Host.Ledger.Append(Samples.Entry(Samples.Incident("new-2", Hazard.Flood, Now, Now, 0.1, "Mill Bank", null, [], told: true)));
        await Assertions.Expect(visit.Page.Locator("#incident-new-2")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#incident-crash-1")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.Locator("#watched .rows").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Neighbourhood_WhenItsAlertEnds_MovesItToThePast()
    {
        var alert = Samples.Alert("quiet-1", 1, Audience.Public, Now, "Flooding in Mill Bank", ["Water alarms"]) with { Hazard = Hazard.Flood, Neighbourhood = "Mill Bank", NeighbourhoodSlug = "mill-bank" };
        await using var visit = await browser.VisitAsync(390);
        await visit.GoAsync("/n/mill-bank");
        await Live(visit);
        await Assertions.Expect(visit.Page.GetByText("There are no current alerts.")).ToBeVisibleAsync();
        browser.Host.Ledger.Append(Samples.Entry(alert));
        await Assertions.Expect(visit.Page.Locator("#alerts h3")).ToHaveTextAsync("Flooding in Mill Bank");
        browser.Host.Ledger.Append(Samples.Entry(alert with { Version = 2, MsgType = MsgType.Update, Ended = Outcome.AllClear, At = Now, Headline = "All clear in Mill Bank" }));
        await Assertions.Expect(visit.Page.GetByText("There are no current alerts.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#past li")).ToContainTextAsync("All clear in Mill Bank");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Incident_WhileSomeoneWrites_KeepsTheNote()
    {
        await using var visit = await browser.VisitAsync();
        await visit.GoAsync("/control/incidents/crash-1");
        await Live(visit);
        await visit.Page.Locator("#note").FillAsync("Engine on its way");
        var line = Samples.Incident("crash-1", Hazard.RoadCrash, Now.AddMinutes(-9), Now, 0.97, "Station Quarter", null, [], told: true);
        browser.Host.Ledger.Append(Samples.Entry(line));
        await Assertions.Expect(visit.Page.GetByText("about 97 in 100")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#note")).ToHaveValueAsync("Engine on its way");
    }

    private static Task Live(BrowserVisit visit) => Assertions.Expect(visit.Page.Locator("html.is-live")).ToHaveCountAsync(1);
}
