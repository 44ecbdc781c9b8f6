using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Neighbourhoods;
using CivicSignals.Ledger;
using CivicSignals.Reports;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Reports;

/// <summary>What became of an answer to an alert.</summary>
internal enum AlertAnswer
{
    /// <summary>It was offered: see the outcome.</summary>
    Offered,

    /// <summary>No public alert has that id.</summary>
    NoAlert,

    /// <summary>It is over, or nobody can see what it is about.</summary>
    Over,
}

/// <summary>
/// Residents answer public alerts: "I see it too", "nothing here". The answer names the incident, so it reaches the right one though the resident does not
/// know its place; and it gives none away, for all that it says of a place is the alert's public shape.
/// </summary>
internal sealed class AlertAnswers(ILedgerReader ledger, IReports reports, TimeProvider time)
{
    /// <summary>Whether people can say that they see it.</summary>
    public static bool CanBeSeen(Alert alert) => ReportKinds.Of(alert.Hazard) is not null;

    public async Task<(AlertAnswer Answer, ReportOutcome Outcome)> OfferAsync(string id, string? says, string reporter, CancellationToken cancellation)
    {
        var versions = await ledger.AlertAsync(id, cancellation);
        if (versions is not [.., { Alert.Public: true } newest])
            return (AlertAnswer.NoAlert, default);
        var alert = JsonSerializer.Deserialize(newest.Body.Span, LedgerJson.Lines.Alert)!;
        if (alert.Standing(time.GetUtcNow()) != Standing.Current || ReportKinds.Of(alert.Hazard) is not { } kind)
            return (AlertAnswer.Over, default);
        return (AlertAnswer.Offered, await reports.OfferAsync(new Report(reporter)
        {
            Says = says,
            Kind = kind,
            Place = new Place(alert.Lat, alert.Lon, Math.Max(alert.RadiusM, Place.VagueM)),
            Target = new SignalTarget(newest.Area, newest.Incident),
        }));
    }
}
