using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Homes;

/// <summary>What each purpose means to those who consent to it.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Means">What consenting brings about, as a sentence.</param>
public sealed record ConsentWords(Consents Purpose, string Title, string Means)
{
    /// <summary>Every purpose, in the order in which people are asked.</summary>
    public static IReadOnlyList<ConsentWords> All { get; } =
    [
        new(Consents.Fire, "Fire service", "The fire control room is alerted to smoke, heat, gas or carbon monoxide in your home, with its place."),
        new(Consents.Police, "Police", "The police control room is alerted to a break-in or a call for help, with your home’s place."),
        new(Consents.Ambulance, "Ambulance service", "The ambulance control room is alerted to a fall or a call for help, with your home’s place."),
        new(Consents.Highways, "Highways", "The road authority is told when something at your home also endangers a road."),
        new(Consents.Council, "Council", "The council is told of what it answers for, such as water coming through floors."),
        new(Consents.Public, "Your neighbours", "A confirmed emergency is published for your neighbourhood. Your address and your home are never shown."),
        new(Consents.Prevention, "Home safety visits",
            "The fire service may offer you a visit when an alarm is faulty, worn out or often goes off. Nobody is alerted by this."),
    ];

    /// <summary>The word for it in forms, as in files.</summary>
    public string Name => ServiceNames.Of(Purpose)[0];
}
