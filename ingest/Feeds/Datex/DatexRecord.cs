using System.Xml.Linq;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Feeds.Datex;

/// <summary>One situation record: what, when, where. Comments and the reporter are passed over.</summary>
internal static class DatexRecord
{
    private const int MaxIdLength = 200;

    /// <summary>A longer validity is renewed by each poll.</summary>
    private static readonly TimeSpan LongestValidity = TimeSpan.FromHours(24);

    private static readonly KindTable Kinds = KindTable.Load("Datex.datex-records.json");

    /// <summary>The field that tells a type's sort: its own name, whatever the version of the standard.</summary>
    private static readonly string[] SortFields = ["accidentType", "vehicleObstructionType", "environmentalObstructionType", "infrastructureDamageType"];

    public static Decoded Read(XElement record, DateTimeOffset receivedAt)
    {
        if (record.Attribute("id")?.Value is not { Length: > 0 and <= MaxIdLength } id)
            return Decoded.Reject(Reasons.BadShape, "no id");
        if (record.XsiType() is not { Length: > 0 } type)
            return Decoded.Reject(Reasons.BadShape, "no type");
        if (KindOf(type, record) is not { } kind || record.Text("probabilityOfOccurrence") == "riskOf" || !IsInForce(record.Child("validity"), receivedAt, out var until))
            return Decoded.Ambient;
        if (DatexPlace.Of(record, out var reason) is not { } place)
            return Decoded.Reject(reason);
        var situation = record.Parent?.Attribute("id")?.Value ?? id;
        return Decoded.Of(new Signal
        {
            Source = $"datex2/{FeedIdentity.Of(id)}",
            Kind = kind,
            Active = true,
            Event = FeedIdentity.Of(id),
            Group = $"datex2/{FeedIdentity.Of(situation)}", // Records of one situation are one operator's word on one thing.
            Place = place,
            ObservedAt = (record.Time("situationRecordVersionTime") ?? record.Time("situationRecordObservationTime") ?? record.Time("situationRecordCreationTime")).Or(receivedAt),
            ReceivedAt = receivedAt,
            ValidUntil = until > receivedAt + LongestValidity ? receivedAt + LongestValidity : until,
        });
    }

    private static string? KindOf(string type, XElement record)
    {
        string? kind = null;
        foreach (var sort in record.Elements().Where(child => child.IsDatex() && SortFields.Contains(child.Name.LocalName)).Select(child => child.Value.Trim()).DefaultIfEmpty(""))
        {
            // An accident may be of several types: the first that means something of its own counts.
            var means = Kinds.KindOf(type, sort);
            if (kind is null || means != Kinds.KindOf(type, ""))
                kind = means;
        }

        return kind;
    }

    private static bool IsInForce(XElement? validity, DateTimeOffset now, out DateTimeOffset? until)
    {
        var span = validity.Child("validityTimeSpecification");
        until = span.Time("overallEndTime") ?? validity.Time("overallEndTime");
        var from = span.Time("overallStartTime") ?? validity.Time("overallStartTime");
        return validity.Text("validityStatus") switch
        {
            "suspended" or "planned" => false,
            "active" => until is null || until > now,
            _ => (from is null || from <= now) && (until is null || until > now),
        };
    }
}
