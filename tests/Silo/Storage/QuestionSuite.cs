using CivicSignals.Questions;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of questions must do.</summary>
public abstract class QuestionSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private static readonly QuestionAnswer Yes = new("r1", true, "by the bakery", T0.AddMinutes(1));

    [Fact]
    public async Task AskAsync_AfterReopening_IsAsWritten()
    {
        var about = Asked("q1") with { About = new QuestionSubject("i1", "0313", Hazard.RoadCrash) };
        await Questions.AskAsync(about);
        await Questions.AnswerAsync("q1", Yes);
        await CloseAsync();
        await OpenAsync();

        Assert.Equal(new QuestionTally(about, 1, 0), await Questions.FindAsync("q1", default));
        Assert.Equal([Yes], await Questions.AnswersAsync("q1", 10, default));
        Assert.Null(await Questions.FindAsync("q2", default));
    }

    [Fact]
    public async Task AnswerAsync_AgainByTheSamePerson_ReplacesTheAnswer()
    {
        await Questions.AskAsync(Asked("q1"));
        Assert.True(await Questions.AnswerAsync("q1", Yes));
        Assert.True(await Questions.AnswerAsync("q1", Yes with { Seen = false, Note = "", At = T0.AddMinutes(2) }));
        Assert.True(await Questions.AnswerAsync("q1", Yes with { Reporter = "r2", At = T0.AddMinutes(3) }));

        var tally = await Questions.FindAsync("q1", default);
        Assert.Equal((1, 1), (tally!.Yes, tally.No));
        Assert.Equal(["r2", "r1"], (await Questions.AnswersAsync("q1", 10, default)).Select(answer => answer.Reporter));
        Assert.Equal("", (await Questions.AnswersAsync("q1", 10, default))[1].Note);
    }

    [Fact]
    public async Task AnswerAsync_WhereNothingStands_KeepsNothing()
    {
        await Questions.AskAsync(Asked("q1"));
        await Questions.AskAsync(Asked("q2"));
        Assert.True(await Questions.WithdrawAsync("q2", T0.AddMinutes(1)));
        Assert.False(await Questions.WithdrawAsync("q2", T0.AddMinutes(2)));

        Assert.False(await Questions.AnswerAsync("q1", Yes with { At = T0.AddMinutes(30) }));
        Assert.False(await Questions.AnswerAsync("q2", Yes with { At = T0.AddMinutes(2) }));
        Assert.False(await Questions.AnswerAsync("q3", Yes));
        Assert.Empty(await Questions.AnswersAsync("q1", 10, default));
        Assert.Equal(T0.AddMinutes(1), (await Questions.FindAsync("q2", default))!.Question.WithdrawnAt);
    }

    [Fact]
    public async Task OpenAsync_ByPlaceIncidentAndTime_ListsWhatStands()
    {
        await Questions.AskAsync(Asked("q1"));
        await Questions.AskAsync(Asked("q2") with { AskedAt = T0.AddMinutes(5), Neighbourhood = "new-town" });
        await Questions.AskAsync(Asked("q3") with { AskedAt = T0.AddMinutes(6), About = new QuestionSubject("i1", "0313", Hazard.Fire) });

        Assert.Equal(["q3", "q1"], await OpenIdsAsync("old-town", null, 10));
        Assert.Equal(["q3"], await OpenIdsAsync(null, "i1", 10));
        Assert.Equal(["q2"], await OpenIdsAsync("new-town", null, 29));
        Assert.Empty(await OpenIdsAsync("old-town", null, 30));
        Assert.Equal(["q3", "q2"], (await Questions.NewestAsync(null, 2, default)).Select(tally => tally.Question.Id));
        Assert.Equal(["q3"], (await Questions.NewestAsync("i1", 10, default)).Select(tally => tally.Question.Id));
    }

    [Fact]
    public async Task ForgetAsync_OldOnes_GoWithTheirAnswers()
    {
        await Questions.AskAsync(Asked("q1"));
        await Questions.AnswerAsync("q1", Yes);
        await Questions.AskAsync(Asked("q2") with { AskedAt = T0.AddDays(1), Until = T0.AddDays(2) });

        Assert.Equal(1, await Questions.ForgetAsync(T0.AddHours(1)));

        Assert.Null(await Questions.FindAsync("q1", default));
        Assert.Empty(await Questions.AnswersAsync("q1", 10, default));
        Assert.NotNull(await Questions.FindAsync("q2", default));
    }

    private static Question Asked(string id) => new()
    {
        Id = id,
        Neighbourhood = "old-town",
        Text = "Can anyone see smoke near the station?",
        AskedBy = "ann",
        AskedAt = T0,
        Until = T0.AddMinutes(30),
    };

    private async Task<IEnumerable<string>> OpenIdsAsync(string? neighbourhood, string? incident, int minutes) =>
        (await Questions.OpenAsync(neighbourhood, incident, T0.AddMinutes(minutes), default)).Select(question => question.Id);
}
