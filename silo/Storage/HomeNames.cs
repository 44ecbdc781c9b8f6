using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage;

/// <summary>How a home, or a reporter, is named in what is kept: bytes to look for, and the closer look at what was found.</summary>
internal static class HomeNames
{
    /// <summary>How all its topics begin.</summary>
    public static string Topics(HomeRevision home) => $"homes/{home.Gateway}/";

    /// <summary>Bytes that lines and states naming it have one of: its sources, and its premises.</summary>
    public static (byte[] Home, byte[] Signal, byte[] Premises) InLines(HomeRevision home) => home.Reporter is { } reporter
        ? Thrice(Bytes($"\"{HomeRevision.ReportsRoot}{Json(reporter)}"))
        : (
        Bytes($"\"homes/{Json(home.Gateway)}/"),
        Bytes($"\"signals/{Json(home.Gateway)}"),
        Bytes($"\"premises\":\"{Json(home.Premises)}\""));

    /// <summary>Bytes that notes naming it have one of.</summary>
    public static (byte[] Gateway, byte[] Premises) InNotes(HomeRevision home) =>
        (Bytes(Json(home.Reporter ?? home.Gateway)), Bytes(Json(home.Reporter ?? home.Premises)));

    /// <summary>Which entries are its evidence.</summary>
    public static IReadOnlyList<LedgerEntry> EvidenceOf(HomeRevision home, IEnumerable<LedgerEntry> candidates) =>
        [.. candidates.Where(entry =>
            JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Evidence) is { } evidence && home.Owns(evidence.Source, evidence.Premises))];

    /// <summary>What areas have learnt of it, by their states.</summary>
    public static Learnt LearntOf(HomeRevision home, IEnumerable<byte[]> states)
    {
        var learnt = states.Select(state => JsonSerializer.Deserialize(state, LedgerJson.Lines.AreaState)?.Learnt).OfType<Learnt>().ToList();
        return new Learnt
        {
            Sources = [.. learnt.SelectMany(area => area.Sources).Where(record => home.Owns(record.Source))],
            FalseCalls = [.. learnt.SelectMany(area => area.FalseCalls).Where(record => record.Premises == home.Premises)],
        };
    }

    /// <summary>As it stands inside a line.</summary>
    private static string Json(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static (byte[], byte[], byte[]) Thrice(byte[] name) => (name, name, name);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
