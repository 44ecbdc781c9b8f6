using CivicSignals.Evaluation.Town;
using CivicSignals.Evaluation.Wire;

namespace CivicSignals.Evaluation.Days;

/// <summary>A day on disk: the recording with the files that go with it, and the truth.</summary>
internal static class DayFiles
{
    public const string Recording = "recording.jsonl", Truth = "truth.jsonl", Registry = "registry.json", Neighbourhoods = "neighbourhoods.geojson", Gazetteer = "gazetteer.csv";

    /// <summary>Long enough after the last line for every incident to end by itself.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(14);

    public static void Write(Day day, TownPlan town, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Registry), TownFiles.Registry(town));
        File.WriteAllText(Path.Combine(folder, Neighbourhoods), TownFiles.Neighbourhoods(town));
        File.WriteAllText(Path.Combine(folder, Gazetteer), TownFiles.Gazetteer(town));
        using (var recording = File.CreateText(Path.Combine(folder, Recording)))
        {
            recording.NewLine = "\n";
            WriteRecording(day, recording);
        }

        using var truth = File.CreateText(Path.Combine(folder, Truth));
        truth.NewLine = "\n";
        WriteTruth(day, truth);
    }

    public static void WriteRecording(Day day, TextWriter recording)
    {
        foreach (var (at, body) in day.Lines)
            recording.WriteLine($"{{\"at\":\"{Json.Time(at)}\",{body}");
        recording.WriteLine($"{{\"at\":\"{Json.Time(day.Lines[^1].At + Aftermath)}\",\"via\":\"tick\"}}");
    }

    /// <summary>One line an incident, with who observed it; then what was done to the day.</summary>
    public static void WriteTruth(Day day, TextWriter truth)
    {
        foreach (var incident in day.Incidents)
        {
            var seen = incident.Observations.Select(o =>
                $$"""{"origin":{{Json.Text(o.Origin)}},"by":"{{o.Witness}}","hazard":"{{o.Hazard}}","at":"{{Json.Time(o.At)}}","received":{{(o.ReceivedAt is { } at ? $"\"{Json.Time(at)}\"" : "null")}}}""");
            truth.WriteLine(
                $$"""{"type":"incident","id":"{{incident.Id}}","hazard":"{{incident.Hazard}}","also":[{{string.Join(',', incident.Also.Select(Json.Text))}}],"lat":{{Json.Number(incident.Place.Lat)}},"lon":{{Json.Number(incident.Place.Lon)}},"onset":"{{Json.Time(incident.Onset)}}","end":"{{Json.Time(incident.End)}}","tiers":[{{(incident.SeenByAny ? "\"ControlRoom\"" : "")}}{{(incident.SeenByTwo && Hazards.IsPublic(incident.Hazard) ? ",\"Public\"" : "")}}],"observations":[{{string.Join(',', seen)}}]}""");
        }

        foreach (var note in day.Notes)
            truth.WriteLine($$"""{"type":"disturbance","note":{{Json.Text(note)}}}""");
    }
}
