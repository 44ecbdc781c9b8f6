using CivicSignals.Fusion;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Alerts;

/// <summary>What an alert says, in plain words.</summary>
public static class AlertWords
{
    /// <summary>One line, under 140 characters.</summary>
    public static string Headline(string name, string? neighbourhood, Certainty certainty, ConfirmationRule? confirmedBy, Outcome? ended)
    {
        var what = name + (neighbourhood is null ? "" : $" in {Cut(neighbourhood)}");
        return ended switch
        {
            Outcome.AllClear => $"{what}: over, all clear",
            Outcome.FalseAlarm => $"{what}: cancelled, it was a false alarm",
            Outcome.Expired => $"{what}: ended, nothing new was heard",
            Outcome.Withdrawn => $"{what}: withdrawn, nothing more is said here",
            Outcome.Merged => $"{what}: continued under another alert about the same event",
            _ => confirmedBy is not null ? $"{what}: confirmed by {confirmedBy.Headline}"
                : certainty == Certainty.Possible ? $"{what}: possible, not confirmed" : $"{what}: likely, not confirmed",
        };
    }

    /// <summary>Why the public is told: kinds and counts, no source and no place.</summary>
    public static IReadOnlyList<string> PublicReasons(Judgement judgement, ConfirmationRule? confirmedBy)
    {
        var reasons = judgement.Weights
            .Where(weight => weight.Full > 0 && weight.Kind is not null && weight.Evidence.Consents.HasFlag(Consents.Public))
            .GroupBy(weight => weight.Kind!.Label)
            .Select(group => group.Count() == 1 ? $"One {group.Key}" : $"{group.Count()} {Plural(group.Key)}")
            .ToList();
        if (confirmedBy is not null)
            reasons.Insert(0, $"Confirmed by {confirmedBy.Words}");
        return reasons;
    }

    /// <summary>Why a control room is told: each piece of evidence with its weight.</summary>
    public static IReadOnlyList<string> ControlRoomReasons(Judgement judgement, ConfirmationRule? confirmedBy, DateTimeOffset now, HazardModel hazard)
    {
        var reasons = judgement.Weights.Take(20).Select(weight => Explanation.Why(weight, now, hazard)).ToList();
        if (confirmedBy is not null)
            reasons.Insert(0, $"Confirmed by {confirmedBy.Words}");
        return reasons;
    }

    /// <summary>The hazard as people say it.</summary>
    public static string Name(Hazard hazard) => hazard switch
    {
        Hazard.CarbonMonoxide => "Carbon monoxide",
        Hazard.Gas => "Gas leak",
        Hazard.Intrusion => "Break-in",
        Hazard.Medical => "Medical emergency",
        Hazard.PersonalAttack => "Call for help",
        Hazard.RoadCrash => "Road crash",
        Hazard.RoadHazard => "Hazard on the road",
        _ => hazard.ToString(),
    };

    /// <summary>A label for several: "vehicles reporting an accident", "residents who see a fire", "smoke alarms".</summary>
    private static string Plural(string label)
    {
        if (label.StartsWith("vehicle ", StringComparison.Ordinal))
            return $"vehicles {label["vehicle ".Length..].Replace("that has ", "that have ", StringComparison.Ordinal)}";
        if (label.StartsWith("public post ", StringComparison.Ordinal))
            return $"public posts {label["public post ".Length..]}";
        if (label.StartsWith("resident who ", StringComparison.Ordinal))
            return $"residents who {label["resident who ".Length..].Replace("sees", "see", StringComparison.Ordinal).Replace("smells", "smell", StringComparison.Ordinal)}";
        return label.EndsWith("ing", StringComparison.Ordinal) || label.EndsWith("opened", StringComparison.Ordinal) ? $"times {label}" : $"{label}s";
    }

    private static string Cut(string name) => name.Length <= 60 ? name : name[..59] + "…";
}
