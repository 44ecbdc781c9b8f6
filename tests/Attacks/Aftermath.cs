using System.Globalization;
using System.Text.Json;
using CivicSignals.Tests.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>How an attack went: what was decided, and who was told.</summary>
/// <param name="lines">What the replay printed.</param>
internal sealed class Aftermath(IReadOnlyList<JsonElement> lines)
{
    public JsonElement Summary => lines[^1];

    /// <summary>Every standing of every incident, in order.</summary>
    public IReadOnlyList<JsonElement> Incidents { get; } = [.. lines.Of("incident")];

    /// <summary>Versions of alerts to the public.</summary>
    public IReadOnlyList<JsonElement> ToPublic { get; } = [.. lines.Of("alert").Where(alert => alert.Text("audience") == "Public")];

    /// <summary>Versions of alerts to control rooms.</summary>
    public IReadOnlyList<JsonElement> ToControlRooms { get; } = [.. lines.Of("alert").Where(alert => alert.Text("audience") == "ControlRoom")];

    /// <summary>Ids of the incidents that there ever were.</summary>
    public IReadOnlyList<string> IncidentIds => [.. Incidents.Select(incident => incident.Text("id")).Distinct()];

    /// <summary>The last standing of each incident that is still open.</summary>
    public IReadOnlyList<JsonElement> Open => [.. Incidents.GroupBy(incident => incident.Text("id")).Select(standings => standings.Last()).Where(last => last.Text("stage") == "Open")];

    /// <summary>The highest belief that any incident ever had.</summary>
    public double MostBelief => Incidents.Select(Belief).DefaultIfEmpty().Max();

    /// <summary>The rules that ever confirmed anything.</summary>
    public IReadOnlyList<string> Rules => [.. Incidents.Select(Rule).OfType<string>().Distinct()];

    /// <summary>Minutes from the start at which control rooms first knew that it is confirmed; infinite: never.</summary>
    public double ConfirmedAt => ToControlRooms.Where(alert => Rule(alert) is not null).Select(Minute).FirstOrDefault(double.PositiveInfinity);

    /// <summary>Minutes from the start at which the public was first told; infinite: never.</summary>
    public double PublicAt => ToPublic.Select(Minute).FirstOrDefault(double.PositiveInfinity);

    /// <summary>How many alerts there were, whatever the number of their versions.</summary>
    public static int Count(IEnumerable<JsonElement> alerts) => alerts.Select(alert => alert.Text("id")).Distinct().Count();

    public static double Belief(JsonElement line) => line.GetProperty("belief").GetDouble();

    public static string? Rule(JsonElement line) => line.GetProperty("confirmation") is { ValueKind: JsonValueKind.Object } confirmation ? confirmation.Text("rule") : null;

    /// <summary>What became of one incident.</summary>
    public Aftermath Of(string incident) => new([.. lines.Where(line => line.Text("type") switch
    {
        "incident" => line.Text("id") == incident,
        "alert" => line.Text("incident") == incident,
        var type => type == "summary",
    })]);

    /// <summary>Nothing reached the public, and control rooms have one alert at most.</summary>
    public void StayedWithin(double belief)
    {
        Assert.Empty(ToPublic);
        Assert.InRange(Count(ToControlRooms), 0, 1);
        Assert.InRange(Open.Count, 0, 1);
        Assert.InRange(MostBelief, 0, belief);
        Assert.Equal(0, Summary.Count("failed"));
    }

    /// <summary>Who was told without the attack was told with it, no later, and it still stands.</summary>
    public void ToldAsMuchAs(Aftermath quiet)
    {
        Assert.NotEqual(double.PositiveInfinity, quiet.ConfirmedAt); // Else it would prove nothing.
        Assert.InRange(ConfirmedAt, 0, quiet.ConfirmedAt);
        Assert.InRange(PublicAt, 0, quiet.PublicAt);
        Assert.Equal(1, Count(ToControlRooms));
        Assert.Equal(Count(quiet.ToPublic), Count(ToPublic));
        Assert.NotNull(Rule(Assert.Single(Open)));
        Assert.DoesNotContain(ToControlRooms.Concat(ToPublic), alert => alert.Text("msgType") == "Cancel");
        Assert.Equal(0, Summary.Count("failed"));
    }

    public override string ToString() => string.Join(
        '\n',
        lines.Select(line => line.Text("type") is "incident" or "alert"
            ? $"{line.Text("at")[11..19]} {line.Text("id")[..4]} {Decisions.Brief(line)} {Belief(line):0.0000} {Rule(line)} {(line.Text("type") == "alert" ? line.Text("headline") : line.TryGetProperty("commonCause", out var c) ? $"cc {c}" : "")}"
            : line.GetRawText()));

    /// <summary>Minutes from the start.</summary>
    public static double Minute(JsonElement line) => (DateTimeOffset.Parse(line.Text("at"), CultureInfo.InvariantCulture) - AttackTown.Start).TotalMinutes;
}
