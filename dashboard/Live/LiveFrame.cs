using System.Globalization;
using System.Text;
using System.Text.Json;
using CivicSignals.Ledger;
using CivicSignals.Questions;

namespace CivicSignals.Dashboard.Live;

/// <summary>One ledger entry as a server-sent event, serialised once for all who listen.</summary>
/// <param name="Seq">The entry's sequence number; 0 for what is no entry and cannot be resumed from: a heartbeat, news of a question.</param>
/// <param name="Public">Whether everyone may see it.</param>
/// <param name="Neighbourhood">Slug, for alerts inside one; else null.</param>
/// <param name="Bytes">The event on the wire.</param>
public sealed record LiveFrame(long Seq, bool Public, string? Neighbourhood, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A comment that keeps the connection and the proxies between from falling asleep.</summary>
    public static LiveFrame Heartbeat { get; } = new(0, true, null, ": still here\n\n"u8.ToArray());

    /// <summary>News of a question to a neighbourhood, for control rooms: where it stands now. It has no id, so that a client resumes from the entry before.</summary>
    public static LiveFrame Of(QuestionTally tally) =>
        new(0, false, null, (byte[])[.. "event: question\ndata: "u8, .. JsonSerializer.SerializeToUtf8Bytes(QuestionLine.Of(tally), QuestionJson.Lines.QuestionLine), .. "\n\n"u8]);

    /// <summary>The event of an incident or alert entry.</summary>
    public static LiveFrame Of(LedgerEntry entry)
    {
        var name = entry.Type == EntryType.Alert ? "alert" : "incident";
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {entry.Seq}\nevent: {name}\ndata: "));
        var bytes = new byte[head.Length + entry.Body.Length + 2];
        head.CopyTo(bytes, 0);
        entry.Body.Span.CopyTo(bytes.AsSpan(head.Length));
        bytes[^2] = (byte)'\n';
        bytes[^1] = (byte)'\n';
        return new LiveFrame(entry.Seq, entry.Alert is { Public: true }, entry.Alert?.Neighbourhood, bytes);
    }
}
