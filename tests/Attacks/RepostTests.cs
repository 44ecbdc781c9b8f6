using System.Text.Json;
using CivicSignals.Silo.Demo;
using CivicSignals.Tests.Replay;

namespace CivicSignals.Tests.Attacks;

/// <summary>One post five hundred times over: it stays one voice.</summary>
public sealed class RepostTests
{
    private const int Many = 500;
    private const string Text = "Huge fire on Elm Road, Wrexham, I can see flames coming out of the roof from my window, stay away everybody";
    private const string Html = $"<p>{Text}</p>";

    private static readonly Dictionary<string, Action<AttackTown>> Echoes = new()
    {
        ["reposts"] = town => Each((minute, i) => town.Repost(minute, $"echo{i}", "witness")),
        ["quotes"] = town => Each((minute, i) => town.Post(minute, $"echo{i}", Crowds.Fire(i), quotes: "witness")),
        ["copies"] = town => Each((minute, i) => town.Post(minute, $"echo{i}", Text)),
        ["near copies"] = town => Each((minute, i) => town.Post(minute, $"echo{i}", $"{Text} {Small(i)}")),
        ["boosts"] = town => Each((minute, i) => town.Status(minute, $"{115000000000000000 + i}", $"echo{i}", Html, boosts: "114000000000000001")),
        ["copies on both networks"] = town => Each((minute, i) =>
            _ = i % 2 == 0 ? town.Post(minute, $"echo{i}", Text) : town.Status(minute, $"{115000000000000000 + i}", $"echo{i}", Html)),
    };

    public static TheoryData<string> All => [.. Echoes.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Echoes_OfOnePost_AddNothingToIt(string echo)
    {
        var (quiet, attacked) = await Crowds.BesideAsync(Witnessed, town => Echoes[echo](town));
        attacked.StayedWithin(0.2);
        var alone = PostsLnLr(quiet.Incidents[^1]);
        Assert.InRange(alone, 0.5, 2);
        Assert.InRange(PostsLnLr(attacked.Incidents[^1]), alone - 0.3, alone + 0.05); // Less, where the newest are kept: they came later after the alarm.
    }

    [Theory]
    [InlineData("near copies")]
    [InlineData("boosts")]
    public async Task Echoes_OfAPostThatNothingBears_OpenNothing(string echo)
    {
        using var town = new AttackTown();
        Witness(town);
        Echoes[echo](town);
        Assert.Empty((await town.Tick(120).PlayAsync()).Incidents);
    }

    [Theory]
    [InlineData("reposts")]
    [InlineData("quotes")]
    [InlineData("copies")]
    public async Task Echoes_BesideATrueFire_SilenceNothing(string echo)
    {
        // The alarm sounds before them, the neighbour speaks after them.
        var (quiet, attacked) = await Crowds.BesideAsync(
            town => town.Home("true", devices: DeviceCatalogue.Heat).Smoke(1, "true").Report(13, "neighbour", north: 20).Heat(13.5, "true"),
            town =>
            {
                Witness(town);
                Echoes[echo](town);
            });
        attacked.ToldAsMuchAs(quiet);
    }

    /// <summary>They wait where nothing is known yet, more than an area keeps, and join what an alarm then opens.</summary>
    [Fact]
    public async Task Echoes_BeforeATrueFire_SilenceNothing()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(town => town.TrueFire(20), town => Echoes["copies"](town));
        attacked.ToldAsMuchAs(quiet);
    }

    [Theory]
    [InlineData("reposts")]
    [InlineData("boosts")]
    public async Task Deletion_OfTheOriginal_TakesItsSpreadBack(string echo)
    {
        using var town = new AttackTown();
        Witnessed(town);
        Echoes[echo](town);
        var aftermath = await town.DeletePost(20, "witness").DeleteStatus(20, "114000000000000001").Smoke(21, "other").PlayAsync();
        Assert.Equal(0, PostsLnLr(aftermath.Incidents[^1]));
    }

    [Fact]
    public async Task Deletion_OfTheOriginal_LeavesItsCopiesOneVoice()
    {
        var (quiet, attacked) = await Crowds.BesideAsync(Witnessed, town =>
        {
            Echoes["copies"](town);
            town.DeletePost(20, "witness").DeleteStatus(20, "114000000000000001");
        });
        Assert.InRange(PostsLnLr(attacked.Incidents[^1]), 0, PostsLnLr(quiet.Incidents[^1]) + 0.05);
    }

    private static void Witness(AttackTown town) => town.Post(2, "witness", Text).Status(2.1, "114000000000000001", "witness", Html);

    private static void Witnessed(AttackTown town)
    {
        town.Home("true", devices: DeviceCatalogue.Heat).Home("other", north: 15).Smoke(1, "true").Heat(1, "true");
        Witness(town);
    }

    private static void Each(Action<double, int> tell)
    {
        for (var i = 0; i < Many; i++)
            tell(3 + (i * 9.0 / Many), i);
    }

    /// <summary>A copyist's small change.</summary>
    private static string Small(int i) => ((string[])["!!!", "omg", "RT", "please share", "pray"])[i % 5];

    private static double PostsLnLr(JsonElement incident) => incident.GetProperty("evidence").EnumerateArray()
        .Where(piece => piece.Text("kind").StartsWith("post.", StringComparison.Ordinal)).Sum(piece => piece.GetProperty("lnLr").GetDouble());
}
