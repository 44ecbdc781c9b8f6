using System.Text.Json;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Reports;

/// <summary>
/// What a resident says: <c>{"kind":"fire","says":"seen","lat":53.05,"lon":-2.99,"reporter":"r1"}</c>. <c>says</c> is <c>seen</c> or
/// <c>nothing-here</c>.
/// </summary>
internal static class ResidentReport
{
    private const double UncertaintyM = 50;
    private const int MaxReporterLength = 100;

    /// <exception cref="JsonException">Not JSON.</exception>
    public static Decoded Decode(ReadOnlyMemory<byte> payload, DateTimeOffset receivedAt, IKindCatalogue kinds)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        var report = document.RootElement;
        if (report.Text("reporter") is not { Length: > 0 and <= MaxReporterLength } reporter || reporter.Any(char.IsControl))
            return Decoded.Reject(Reasons.BadShape, "reporter is missing or too long");
        var kind = report.Text("says") switch
        {
            "seen" => $"report.{report.Text("kind")}",
            "nothing-here" => "report.nothing-here",
            _ => null,
        };
        if (kind is null)
            return Decoded.Reject(Reasons.BadShape, "says is neither seen nor nothing-here");
        if (!kinds.Knows(kind))
            return Decoded.Reject(Reasons.UnknownKind);
        if (report.Member("lat").Real() is not { } lat || report.Member("lon").Real() is not { } lon)
            return Decoded.Reject(Reasons.NoPlace);
        var place = new Place(lat, lon, report.Member("uncertaintyM").Real() ?? UncertaintyM);
        return place.IsValid ? Decoded.Of(FromReport(kind, place, reporter, receivedAt)) : Decoded.Reject(Reasons.BadPlace);
    }

    private static Signal FromReport(string kind, Place place, string reporter, DateTimeOffset receivedAt) => new()
    {
        Source = $"reports/{reporter}",
        Kind = kind,
        Active = true,
        Place = place,
        ObservedAt = receivedAt,
        ReceivedAt = receivedAt,
    };
}
