using System.Text.Json;

namespace CivicSignals.Tests.Replay;

/// <summary>How tests read what a replay prints.</summary>
internal static class Decisions
{
    private static readonly string[] Outcomes = ["evidence", "ambient", "repeated", "rejected", "failed"];

    public static string Text(this JsonElement line, string name) => line.GetProperty(name).GetString() ?? "";

    public static IEnumerable<JsonElement> Of(this IEnumerable<JsonElement> lines, string type) => lines.Where(line => line.Text("type") == type);

    /// <summary>One line in short: an alert as <c>alert Public 1 Alert</c>, an incident as <c>incident Open two-kinds 2</c> with its pieces of evidence.</summary>
    public static string Brief(this JsonElement line) => line.Text("type") switch
    {
        "alert" => $"alert {line.Text("audience")} {line.GetProperty("version")} {line.Text("msgType")}",
        "incident" => $"incident {line.Text("stage")} {Rule(line)} {line.GetProperty("evidence").GetArrayLength()}",
        "rejected" => $"rejected {line.GetProperty("line")} {line.Text("reason")}",
        var type => type,
    };

    public static long Count(this JsonElement summary, string name) => summary.GetProperty(name).GetInt64();

    /// <summary>Whether everything received is accounted for.</summary>
    public static bool Balances(this JsonElement summary) =>
        summary.Count("received") == Outcomes.Sum(name => summary.Count(name));

    private static string Rule(JsonElement line) =>
        line.GetProperty("confirmation") is { ValueKind: JsonValueKind.Object } confirmation ? confirmation.Text("rule") : "unconfirmed";
}
