namespace CivicSignals.Dashboard.Reports;

/// <summary>What residents read about their reports.</summary>
public static class ReportWords
{
    /// <summary>What can be reported, in the order of the form.</summary>
    public static IReadOnlyList<(string Kind, string Title, string Means)> Kinds { get; } =
    [
        ("fire", "Fire", "Flames, or smoke where there should be none"),
        ("gas", "Smell of gas", "Indoors or in the street"),
        ("flood", "Flooding", "Water where people live or drive"),
        ("crash", "Crash", "Vehicles or people have collided"),
        ("road-hazard", "Hazard on the road", "Something that others may run into"),
        ("intrusion", "Break-in", "Somebody is breaking in somewhere"),
        ("disorder", "Disorder", "A fight or a crowd that frightens people"),
        ("medical", "Someone is unwell", "If anyone is in danger call 999 first"),
    ];

    /// <summary>The sentence for what the address says that became of what was sent, or null.</summary>
    public static string? Say(string? said) => said switch
    {
        "seen" => "Thank you. The control room can see that you see it too.",
        "nothing-here" => "Thank you. The control room can see that there is nothing where you are.",
        "repeated" => "Thank you. You have told us so already, and it is kept.",
        "reported" => "Thank you. The control room can see your report. One report alone makes no public alert.",
        "answered" => "Thank you. Your answer is with the control room. You can change it while the question stands.",
        "over" => "This alert is over, so nothing was sent. Thank you all the same.",
        "ended" => "The question has ended, so nothing was sent. Thank you all the same.",
        _ => null,
    };
}
