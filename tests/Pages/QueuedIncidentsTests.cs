using CivicSignals.Dashboard.ControlRoom;
using CivicSignals.Incidents;
using CivicSignals.Signals;
using CivicSignals.Tests.Browser;

namespace CivicSignals.Tests.Pages;

public class QueuedIncidentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Confirmation Confirmed = new("two-kinds", 1, Now, []);

    [Fact]
    public void Of_OpenIncidents_MostUrgentFirst()
    {
        IncidentLine[] open =
        [
            Line("owned, older change", 0.99, Confirmed, by: "j.price") with { At = Now.AddMinutes(-5) },
            Line("owned, newer change", 0.03, null, by: "j.price"),
            Line("likely", 0.8, null),
            Line("unlikely, older", 0.02, null) with { OpenedAt = Now.AddMinutes(-9) },
            Line("unlikely, newer", 0.02, null),
            Line("confirmed", 0.1, Confirmed),
        ];
        Assert.Equal(
            ["confirmed", "likely", "unlikely, newer", "unlikely, older", "owned, newer change", "owned, older change"],
            QueuedIncidents.Of(open, []).Alerted.Select(line => line.Id));
    }

    [Fact]
    public void Of_NeverAlerted_IsWatchedOnly()
    {
        var queue = QueuedIncidents.Of([Line("quiet", 0.001, null) with { Alerted = [] }], [Line("quiet too", 0, null) with { Alerted = [] }]);
        Assert.Equal("quiet", Assert.Single(queue.Watched).Id);
        Assert.Empty(queue.Alerted);
        Assert.Empty(queue.ClosedLately);
    }

    private static IncidentLine Line(string id, double belief, Confirmation? confirmation, string? by = null) =>
        Samples.Incident(id, Hazard.Fire, Now, Now, belief, "Maple Park", confirmation, [], told: true) with { AcknowledgedBy = by };
}
