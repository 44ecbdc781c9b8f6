using CivicSignals.Silo.Demo;

namespace CivicSignals.Tests.Attacks;

/// <summary>What attackers do, and what truly happens, told to an <see cref="AttackTown"/>. All of it on Elm Road, within a hundred metres.</summary>
internal static class Crowds
{
    private static readonly string[] What = ["Huge fire", "House on fire", "Flames coming from a roof", "Thick black smoke pouring out of flats", "A building is burning"];
    private static readonly string[] Who = ["I can see it from my window", "we are standing outside right now", "my neighbours are being evacuated", "people are screaming", "just drove past"];
    private static readonly string[] More = ["please stay away", "where are the fire engines", "hope everybody is out", "terrifying"];

    /// <summary>What one account posts about a fire: each says it differently, so that none copies another.</summary>
    public static string Fire(int i) => $"{What[i % 5]} on Elm Road, Wrexham, {Who[i / 5 % 5]}, {More[i / 25 % 4]}";

    /// <summary>New reporters up and down the street, within ten minutes.</summary>
    public static AttackTown Reports(this AttackTown town, double from = 2, int count = 50, string kind = "fire", bool seen = true)
    {
        for (var i = 0; i < count; i++)
            town.Report(from + (i * 10.0 / count), $"liar{i}", kind, seen, north: ((i % 5) - 2) * 30, east: ((i / 5 % 5) - 2) * 20);
        return town;
    }

    /// <summary>New Bluesky accounts, within ten minutes.</summary>
    public static AttackTown Posts(this AttackTown town, double from = 2, int count = 50)
    {
        for (var i = 0; i < count; i++)
            town.Post(from + (i * 10.0 / count), $"liar{i}", Fire(i));
        return town;
    }

    /// <summary>A smoke alarm that toast sets off, and that is quiet after two minutes.</summary>
    public static AttackTown Toast(this AttackTown town, double from = 1) =>
        town.Home("toast", north: 10).Smoke(from, "toast").Smoke(from + 2, "toast", active: false);

    /// <summary>A fire: smoke and heat in one home, and a neighbour who sees it.</summary>
    public static AttackTown TrueFire(this AttackTown town, double from) =>
        town.Home("true", devices: DeviceCatalogue.Heat).Smoke(from, "true").Heat(from + 1, "true").Report(from + 2, "neighbour", north: 20);

    /// <summary>A crash that two vehicles meet.</summary>
    public static AttackTown TrueCrash(this AttackTown town, double from) => town.Crash(from, "v1").Crash(from + 2, "v2");

    /// <summary>Plays what truly happens by itself and beside an attack.</summary>
    public static async Task<(Aftermath Quiet, Aftermath Attacked)> BesideAsync(Action<AttackTown> truth, Action<AttackTown> attack, Signals.Place? middle = null)
    {
        using var quiet = new AttackTown(middle);
        using var attacked = new AttackTown(middle);
        truth(quiet);
        truth(attacked);
        attack(attacked);
        return (await quiet.PlayAsync(), await attacked.PlayAsync());
    }
}
