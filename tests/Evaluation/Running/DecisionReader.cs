using System.Text.Json;
using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Running;

/// <summary>Reads decision lines of the replay format.</summary>
internal sealed class DecisionReader
{
    private readonly Dictionary<string, IncidentTrace> _incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertTrace> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _account = new(StringComparer.Ordinal);

    public Decisions Decisions => new([.. _incidents.Values], [.. _alerts.Values.OrderBy(alert => alert.At).ThenBy(alert => alert.Id, StringComparer.Ordinal)], _account);

    public void Take(string text)
    {
        using var document = JsonDocument.Parse(text);
        var line = document.RootElement;
        switch (line.GetProperty("type").GetString())
        {
            case "incident":
                TakeIncident(line);
                break;
            case "alert":
                TakeAlert(line);
                break;
            case "summary":
                foreach (var member in line.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number))
                    _account[member.Name] = member.Value.GetInt64();
                break;
            case "rejected":
                var reason = "rejected: " + line.GetProperty("reason").GetString();
                _account[reason] = _account.GetValueOrDefault(reason) + 1;
                break;
        }
    }

    private void TakeIncident(JsonElement line)
    {
        var id = Text(line, "id")!;
        if (!_incidents.TryGetValue(id, out var incident))
            _incidents.Add(id, incident = new IncidentTrace(id, Text(line, "hazard")!));
        var confirmation = line.GetProperty("confirmation");
        incident.States.Add(new IncidentState(
            line.GetProperty("at").GetDateTimeOffset(),
            new Point(line.GetProperty("lat").GetDouble(), line.GetProperty("lon").GetDouble()),
            line.GetProperty("radiusM").GetDouble(),
            line.GetProperty("belief").GetDouble(),
            Text(line, "stage") == "Open",
            Text(line, "outcome"),
            confirmation.ValueKind == JsonValueKind.Object ? Text(confirmation, "rule") : null,
            Text(line, "mergedInto"),
            [.. line.GetProperty("evidence").EnumerateArray().Select(Evidence)]));
    }

    private static EvidenceWeight Evidence(JsonElement evidence)
    {
        var weight = evidence.GetProperty("lnLr").GetDouble();
        return new EvidenceWeight(
            Text(evidence, "source")!, Text(evidence, "kind")!, evidence.GetProperty("at").GetDateTimeOffset(), weight,
            evidence.TryGetProperty("fullLnLr", out var full) ? full.GetDouble() : weight);
    }

    private void TakeAlert(JsonElement line)
    {
        var id = Text(line, "id")!;
        var at = line.GetProperty("at").GetDateTimeOffset();
        var ended = Text(line, "ended");
        if (!_alerts.TryGetValue(id, out var alert))
        {
            alert = new AlertTrace(
                id, Text(line, "audience")!, Text(line, "hazard")!, _incidents[Text(line, "incident")!], at, null, false,
                line.GetProperty("belief").GetDouble(), line.GetProperty("radiusM").GetDouble(), 0);
        }

        _alerts[id] = alert with
        {
            Versions = alert.Versions + 1,
            EndedAt = alert.EndedAt ?? (ended is null ? null : at),
            Superseded = alert.Superseded || ended == "Merged" || Text(line, "supersededBy") is not null,
        };
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
