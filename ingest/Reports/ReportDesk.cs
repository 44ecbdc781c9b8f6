using CivicSignals.Areas;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Neighbourhoods;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Reports;

/// <summary>Where residents' reports come in: within limits they go the way of all signals, beyond them they are counted as rejected.</summary>
internal sealed class ReportDesk(
    SignalPipeline pipeline, IKindCatalogue kinds, ReportLimits limits, NeighbourhoodMap map, IOptions<AreaOptions> areas, TimeProvider time) : IReports
{
    private const string Via = "report";

    public async Task<ReportOutcome> OfferAsync(Report report)
    {
        var now = time.GetUtcNow();
        var decoded = ResidentReport.Decode(report, now, kinds);
        var (limited, wait) = decoded.Reason is null ? Limit(report) : (null, default);
        if (limited is { } status)
        {
            await pipeline.AcceptDecodedAsync(Via, "", 0, now, Decoded.Reject(Reasons.TooMany, status == ReportStatus.TooManyOfReporter ? "of one reporter" : "of one place"));
            return new(status, wait);
        }

        var outcome = await pipeline.AcceptDecodedAsync(Via, "", 0, now, decoded);
        return outcome switch
        {
            { Status: MessageStatus.Rejected } => new(ReportStatus.Refused, Reason: outcome.Reason),
            { Status: MessageStatus.Failed } => new(ReportStatus.Unavailable),
            { Signal: SignalOutcome.Repeated } => new(ReportStatus.Repeated),
            _ => new(ReportStatus.Taken),
        };
    }

    private (ReportStatus? Limited, TimeSpan Wait) Limit(Report report)
    {
        if (limits.Try(report.Reporter) is { } reporter)
            return (ReportStatus.TooManyOfReporter, reporter);
        if (report.Place is not { } place)
            return (null, default);
        var area = report.Target?.Area ?? Quadkey.At(place.Lat, place.Lon, areas.Value.Zoom);
        var said = $"{report.Says} {report.Kind} {report.Target?.Incident} {report.Question}";
        return limits.Try(area, map.At(place.Lat, place.Lon)?.Slug ?? "", said) is { } wait ? (ReportStatus.TooManyOfPlace, wait) : (null, default);
    }
}
