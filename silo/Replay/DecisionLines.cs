using System.Text;
using System.Text.Json;
using CivicSignals.Accounting;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Replay;

/// <summary>Prints what was decided: incidents and alerts as they stand in the ledger, rejected lines, and the account.</summary>
internal sealed class DecisionLines(ILedgerReader ledger, OpenIncidents open, TimeProvider time, TextWriter output)
{
    private const int Page = 1000;

    private readonly Dictionary<string, Standing> _printed = [];
    private readonly HashSet<string> _withNewEvidence = [];
    private long _read;

    /// <summary>Prints what was appended to the ledger, up to a sequence number.</summary>
    public async Task PrintAsync(long head, CancellationToken cancellation)
    {
        while (_read < head)
        {
            foreach (var entry in await ledger.ReadAsync(_read, TailScope.Everything, Page, cancellation))
            {
                _read = entry.Seq;
                switch (entry.Type)
                {
                    case EntryType.Evidence when Begins(entry):
                        _withNewEvidence.Add(entry.Incident);
                        break;
                    case EntryType.Incident when IsNews(entry):
                    case EntryType.Alert:
                        Write(Encoding.UTF8.GetString(entry.Body.Span));
                        break;
                }
            }
        }
    }

    /// <summary>Prints that a line was rejected.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="reason">A word of a fixed set, without data of the line.</param>
    public void Reject(int line, string reason) =>
        Write(Json(json =>
        {
            json.WriteString("type", "rejected");
            json.WriteNumber("line", line);
            json.WriteString("reason", reason);
        }));

    /// <summary>Prints the account of all lines.</summary>
    public void Summarise(MessageTotals totals) =>
        Write(Json(json =>
        {
            json.WriteString("type", "summary");
            json.WriteNumber("received", totals.Received);
            json.WriteNumber("evidence", totals.Evidence);
            json.WriteNumber("ambient", totals.Ambient);
            json.WriteNumber("repeated", totals.Repeated);
            json.WriteNumber("rejected", totals.Rejected);
            json.WriteNumber("failed", totals.Failed);
        }));

    private static bool Begins(LedgerEntry entry) =>
        JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Evidence)!.ClearedAt is null;

    /// <summary>Whether there is new evidence, or the incident stands otherwise than it was last printed.</summary>
    private bool IsNews(LedgerEntry entry)
    {
        var line = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!;
        open.Take(entry, line);
        var standing = new Standing(line.Stage, line.Confirmation?.Rule, line.Confirmation?.At, line.MergedInto, line.MergedFrom?.Count ?? 0, line.Apart?.Count ?? 0);
        var changed = !_printed.TryGetValue(entry.Incident, out var before) || before != standing;
        if (entry.Open)
            _printed[entry.Incident] = standing;
        else
            _printed.Remove(entry.Incident);
        return _withNewEvidence.Remove(entry.Incident) || changed;
    }

    private string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("at");
            JsonSerializer.Serialize(json, time.GetUtcNow(), LedgerJson.Lines.DateTimeOffset);
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(string line)
    {
        output.Write(line);
        output.Write('\n');
    }

    private readonly record struct Standing(Stage Stage, string? Rule, DateTimeOffset? ConfirmedAt, string? MergedInto, int MergedFrom, int Apart);
}
