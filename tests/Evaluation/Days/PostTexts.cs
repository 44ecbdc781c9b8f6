using CivicSignals.Evaluation.Town;

namespace CivicSignals.Evaluation.Days;

/// <summary>What people post, made up. {0} is where: a street, a part of the town, or nothing.</summary>
internal static class PostTexts
{
    private static readonly Dictionary<string, string[]> True = new()
    {
        [Hazards.Fire] =
        [
            "House on fire {0}, flames out of the upstairs window", "Thick black smoke {0} and fire engines everywhere", "Building on fire {0}!! Stay away",
            "Can see flames {0} right now, hope everyone got out", "Neighbours evacuated, big fire {0}", "Smoke pouring out of a roof {0}, firefighters just arrived",
        ],
        [Hazards.Gas] = ["Really strong smell of gas {0}, we've been told to leave our homes", "Gas leak {0}, street evacuated", "Fire crews {0} for a gas leak, road is closed"],
        [Hazards.CarbonMonoxide] = ["Family taken out {0}, carbon monoxide apparently", "Fire brigade {0} checking for carbon monoxide"],
        [Hazards.Flood] =
            ["Water up to the doorsteps {0}", "Road completely flooded {0}, cars stuck", "Flooding {0}, people are carrying furniture upstairs", "Burst main {0}, water everywhere"],
        [Hazards.Intrusion] = ["Someone just broke in {0}, police are here", "Saw a man climbing out of a back window {0}, called the police"],
        [Hazards.RoadCrash] =
            ["Nasty collision {0}, two cars, ambulance just got here", "Car on its roof {0}", "Just witnessed a crash {0}, driver is out and talking", "Bad accident {0}, road blocked both ways"],
        [Hazards.RoadHazard] = ["Tree down across the road {0}", "Broken down lorry {0}, traffic not moving", "Huge hole in the carriageway {0}, two cars with flat tyres"],
        [Hazards.Disorder] = ["Big fight {0}, bottles flying", "Group smashing shop windows {0}, police with shields", "It is kicking off {0}, stay indoors"],
        [Hazards.Medical] = ["Air ambulance landed {0}", "Man collapsed {0}, people doing CPR"],
    };

    private static readonly string[] Metaphors =
    [
        "this new album is absolute fire", "I'm on fire today, three wins in a row", "crash diets do not work, ask me how I know", "flooded with emails again",
        "that goal was an explosion of joy", "my boss will blow up when he sees this", "smoke and mirrors, the whole budget", "system crash five minutes before the deadline, of course",
        "who else is drowning in homework", "the queue at the bakery is murder", "roasted my sister and there are no survivors", "burning question: tea before or after milk",
    ];

    private static readonly string[] Elsewhere =
    [
        "Major fire at a warehouse in Leeds tonight", "Flooding in Carlisle has closed the railway", "Terrible crash on the motorway near Exeter, thoughts with them",
        "Wildfire in California has burned forty houses", "Police clash with crowd in Bristol city centre", "Gas explosion in Prague, ten hurt", "Earthquake felt in Athens this morning",
        "Remembering the great fire of 1992 today", "Watching a documentary about the Blitz, whole streets on fire", "New drama on tonight: a house fire and a secret",
    ];

    private static readonly string[] Small =
    [
        "Anyone know a good plumber in {0}?", "Lovely sunset over {0}", "Lost cat {0}, grey with a white paw", "The bakery {0} has the best rolls", "Rain again. Of course.",
        "Running club meets {0} at seven", "Who is letting off fireworks {0} again", "Bonfire night planning {0}, bring marshmallows", "Bin day moved to Thursday {0}", "Roadworks {0} start on Monday",
        "Choir practice was wonderful tonight", "Fire drill at school today, everyone was out in three minutes", "Smoke alarm battery chirping all night, send help",
    ];

    public static string About(string hazard, string where, Dice dice) => string.Format(null, dice.Pick(True[hazard]), where).Replace(" ,", ",", StringComparison.Ordinal);

    /// <summary>Somebody about something else.</summary>
    public static string Unrelated(TownPlan town, Dice dice)
    {
        var kind = dice.Next();
        if (kind < 0.25)
            return dice.Pick(Metaphors);
        if (kind < 0.45)
            return dice.Pick(Elsewhere);
        return string.Format(null, dice.Pick(Small), dice.Chance(0.5) ? dice.Pick(town.Neighbourhoods).Name : dice.Pick(town.StreetList).Name);
    }

    /// <summary>Says where: a street and its part of the town (45 %), only the part (30 %), or nothing that helps. The place is where a reader would put it.</summary>
    public static (string Words, Point? Place) Where(Street street, TownPlan town, Dice dice)
    {
        var part = dice.Next();
        if (part < 0.3)
            return ($"on {street.Name} in {street.Neighbourhood}", street.Middle);
        if (part < 0.45)
            return ($"on {street.Name}, {TownPlan.Name}", street.Middle);
        if (part < 0.75)
            return ($"in {street.Neighbourhood}", town.Neighbourhoods.First(n => n.Name == street.Neighbourhood).Middle);
        return ("near us", null);
    }
}
