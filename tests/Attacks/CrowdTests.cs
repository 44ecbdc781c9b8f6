using CivicSignals.Signals;
using CivicSignals.Tests.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>Fifty accounts on one street say that something burns, or has crashed.</summary>
public sealed class CrowdTests
{
    /// <summary>What a crowd may make a control room believe, without a sensor: likely, not more.</summary>
    private const double Words = 0.96;

    /// <summary>The same beside an alarm that has been quiet for a while.</summary>
    private const double WordsAndToast = 0.995;

    private static readonly Dictionary<string, Action<AttackTown>> Attacks = new()
    {
        ["reports"] = town => town.Reports(),
        ["posts"] = town => town.Posts(),
        ["both"] = town => town.Reports().Posts(),
        ["three hundred reports"] = town => town.Reports(count: 300),
        ["after toast"] = town => town.Toast().Reports(from: 6).Posts(from: 6),
    };

    public static TheoryData<string, bool> All => new(from attack in Attacks.Keys from atACorner in (bool[])[false, true] where !atACorner || attack == "both" select (attack, atACorner));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Crowd_Alone_IsOneUnconfirmedAlertAtMost(string attack, bool atACorner)
    {
        using var town = new AttackTown(Where(atACorner));
        Attacks[attack](town);
        var aftermath = await town.PlayAsync();
        aftermath.StayedWithin(attack == "after toast" ? WordsAndToast : Words);
        Assert.Empty(aftermath.Rules);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Crowd_BeforeATrueFire_SilencesNothing(string attack, bool atACorner)
    {
        var (quiet, attacked) = await Crowds.BesideAsync(town => town.TrueFire(20), Attacks[attack], Where(atACorner));
        attacked.ToldAsMuchAs(quiet);
        Assert.NotEmpty(attacked.ToPublic);
    }

    [Fact]
    public async Task Crowd_OfACrashThatNoVehicleMet_IsOneUnconfirmedAlertAtMost()
    {
        using var town = new AttackTown();
        var aftermath = await town.Reports(kind: "crash").PlayAsync();
        aftermath.StayedWithin(0.9);
        Assert.Empty(aftermath.Rules);
    }

    [Fact]
    public async Task Crowd_OfACrash_SilencesNoTrueOne()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(town => town.TrueCrash(20), town => town.Reports(kind: "crash"));
        attacked.ToldAsMuchAs(quiet);
        Assert.NotEmpty(attacked.ToPublic);
    }

    /// <summary>
    /// The limit: a person who says that he sees the fire that a stranger's alarm sounds for is believed, and a liar cannot be told from a neighbour.
    /// What must hold then: one alert, which says what it rests on, and which a control room takes back from all who got it.
    /// </summary>
    [Fact]
    public async Task Crowd_WhileAStrangersAlarmSounds_IsOneAlertThatIsTakenBack()
    {
        using var town = new AttackTown();
        var aftermath = await town.Home("toast").Smoke(5, "toast").Smoke(8, "toast", active: false).Reports().Operator(15, "false-alarm").PlayAsync();
        Assert.InRange(Aftermath.Count(aftermath.ToPublic), 0, 1);
        Assert.Equal(1, Aftermath.Count(aftermath.ToControlRooms));
        Assert.Equal(["alarm-and-person"], aftermath.Rules);
        Assert.All(aftermath.ToPublic.TakeLast(1), alert => Assert.Equal("Cancel", alert.Text("msgType")));
        Assert.Empty(aftermath.Open);
    }

    private static Place? Where(bool atACorner) => atACorner ? AttackTown.AtACorner : null;
}
