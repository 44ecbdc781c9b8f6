using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Reports;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Reports;

/// <summary>What a resident says, as signals.</summary>
internal static class ResidentReport
{
    private const string Seen = "seen";
    private const string Nothing = "nothing-here";
    private const string NothingKind = "report.nothing-here";
    private const double UncertaintyM = 50;
    private const double MostUncertaintyM = 10_000;
    private const int MaxReporterLength = 100;

    /// <summary>About 200 m in the UK: what one person reports from another spot is another report.</summary>
    private const int SpotZoom = 17;

    /// <summary>
    /// Reads <c>{"kind":"fire","says":"seen","lat":53.05,"lon":-2.99,"reporter":"r1"}</c>. <c>says</c> is <c>seen</c> or <c>nothing-here</c>.
    /// </summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static Decoded Decode(ReadOnlyMemory<byte> payload, DateTimeOffset receivedAt, IKindCatalogue kinds)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        var report = document.RootElement;
        Place? place = report.Member("lat").Real() is { } lat && report.Member("lon").Real() is { } lon
            ? new Place(lat, lon, report.Member("uncertaintyM").Real() ?? UncertaintyM)
            : null;
        return Decode(new Report(report.Text("reporter") ?? "") { Kind = report.Text("kind"), Says = report.Text("says"), Place = place }, receivedAt, kinds);
    }

    /// <summary>Checks a report and says it in signals. Who sees nothing where he saw something before takes that back, and the other way round.</summary>
    public static Decoded Decode(Report report, DateTimeOffset receivedAt, IKindCatalogue kinds)
    {
        if (report.Reporter.Length is 0 or > MaxReporterLength || report.Reporter.Any(char.IsControl))
            return Decoded.Reject(Reasons.BadShape, "reporter is missing or too long");
        if (report.Says is not (Seen or Nothing))
            return Decoded.Reject(Reasons.BadShape, "says is neither seen nor nothing-here");
        if (report is { Question: not null, Target: null })
            return Decoded.Ambient;
        var seen = $"report.{report.Kind}";
        if (report.Says == Seen && !kinds.Knows(seen))
            return Decoded.Reject(Reasons.UnknownKind);
        if (report.Place is not { } place)
            return Decoded.Reject(Reasons.NoPlace);
        if (place is not { IsValid: true, UncertaintyM: <= MostUncertaintyM })
            return Decoded.Reject(Reasons.BadPlace);
        var says = new Signal
        {
            Source = $"reports/{report.Reporter}",
            Kind = report.Says == Seen ? seen : NothingKind,
            Active = true,
            Place = place,
            ObservedAt = receivedAt,
            ReceivedAt = receivedAt,
            Target = report.Target,
            Event = report.Target?.Incident ?? Quadkey.At(place.Lat, place.Lon, SpotZoom),
        };
        var opposite = report.Says == Seen ? NothingKind : seen;
        return new Decoded { Signals = kinds.Knows(opposite) ? [says with { Kind = opposite, Active = false }, says] : [says] };
    }
}
