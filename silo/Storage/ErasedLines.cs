using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage;

/// <summary>Ledger entries without a home.</summary>
internal static class ErasedLines
{
    /// <summary>The entries that name the home, rewritten; those that do not are left out.</summary>
    /// <param name="home">Who is to be forgotten.</param>
    /// <param name="entries">All of one incident, for where the home was is learnt from them.</param>
    public static IEnumerable<(long Seq, byte[] Body)> Of(HomeRevision home, IReadOnlyList<(long Seq, EntryType Type, byte[] Body)> entries)
    {
        var erasure = new Erasure(home);
        foreach (var entry in entries)
            Learn(erasure, entry.Type, entry.Body);
        foreach (var entry in entries)
        {
            var body = Of(erasure, entry.Type, entry.Body);
            if (!body.AsSpan().SequenceEqual(entry.Body))
                yield return (entry.Seq, Padded(body, entry.Body.Length));
        }
    }

    private static void Learn(Erasure erasure, EntryType type, byte[] body)
    {
        if (type == EntryType.Evidence)
            erasure.Learn(Read(body, LedgerJson.Lines.Evidence));
        else if (type == EntryType.Incident)
            erasure.Learn(Read(body, LedgerJson.Lines.IncidentLine));
    }

    private static byte[] Of(Erasure erasure, EntryType type, byte[] body) => type switch
    {
        EntryType.Evidence => Write(erasure.Of(Read(body, LedgerJson.Lines.Evidence)), LedgerJson.Lines.Evidence),
        EntryType.Incident => Write(erasure.Of(Read(body, LedgerJson.Lines.IncidentLine)), LedgerJson.Lines.IncidentLine),
        EntryType.Alert => Write(erasure.Of(Read(body, LedgerJson.Lines.Alert)), LedgerJson.Lines.Alert),
        _ => Write(erasure.Of(Read(body, LedgerJson.Lines.ActionLine)), LedgerJson.Lines.ActionLine),
    };

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type)!;

    private static byte[] Write<T>(T line, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(line, type);

    /// <summary>A line at its old length, so that it is overwritten where the database can do so: blanks after it mean nothing in JSON.</summary>
    private static byte[] Padded(byte[] body, int length)
    {
        if (body.Length >= length)
            return body;
        var padded = new byte[length];
        body.CopyTo(padded, 0);
        padded.AsSpan(body.Length).Fill((byte)' ');
        return padded;
    }
}
