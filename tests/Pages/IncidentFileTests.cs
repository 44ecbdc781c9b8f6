using CivicSignals.Dashboard.ControlRoom;
using CivicSignals.Tests.Browser;

namespace CivicSignals.Tests.Pages;

public class IncidentFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AHouseFire_TellsItsWholeStoryInOrder()
    {
        var file = IncidentFile.Of([.. SampleTown.Entries(Now).Where(entry => entry.Incident == SampleTown.Fire)])!;
        Assert.Equal(["evidence", "state", "evidence", "state", "alert", "evidence", "alert", "alert"], file.Log.Select(line => line.Mark));
        Assert.Equal("Confirmed by two independent kinds", file.Log[3].What);
        Assert.Equal(Samples.Area, file.Area);
        Assert.Equal([2, 1], file.Alerts.Select(versions => versions.Count));
        Assert.Equal(3, file.Line.Evidence.Count);
    }

    [Fact]
    public void Of_AFalseAlarm_TellsThatItClosedAndThatThePublicAlertWasCancelled()
    {
        var file = IncidentFile.Of([.. SampleTown.Entries(Now).Where(entry => entry.Incident == "false-1")])!;
        Assert.Equal("Closed. False alarm", file.Log[0].What);
        Assert.StartsWith("Cancelled the alert to the public, version 2", file.Log[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoEntries_IsNull() => Assert.Null(IncidentFile.Of([]));
}
