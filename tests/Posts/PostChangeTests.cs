using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Posts;

/// <summary>Posts that are deleted or edited, and authors who go.</summary>
public sealed class PostChangeTests : IAsyncDisposable
{
    private const string Fire = "Huge fire on Elm Road, Wrexham";
    private const string AnotherFire = "I can see flames coming out of a roof from my window, Elm Rd";

    private readonly PostBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("a")]
    [InlineData("")] // Some networks do not say whose it was.
    public async Task Deleted_TakesEvidenceAndTextBack(string author)
    {
        _bench.Alarm();
        var before = _bench.LnOdds;
        await _bench.PostAsync("a", "1", Fire);
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.SayAsync(PostChange.Deleted, author, "1"));
        Assert.Equal(before, _bench.LnOdds, 1);
        Assert.Empty(_bench.Store.All);
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.Deleted, author, "1"));
    }

    [Fact]
    public async Task Deleted_WhenItsSourceWasLongSilent_TakesItBackAllTheSame()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        _bench.Pass(30);
        await _bench.PostAsync("b", "2", AnotherFire);
        _bench.Pass(32);
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.SayAsync(PostChange.Deleted, "a", "1"));
        Assert.Equal(1, _bench.Incident.Evidence.Count(piece => piece.Kind == "post.fire" && piece.ClearedAt is not null && piece.LnLr == 0));
    }

    [Fact]
    public async Task Deleted_UnknownOrByAnother_IsAmbient()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.Deleted, "a", "2"));
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.Deleted, "b", "1"));
        Assert.Single(_bench.Store.All);
    }

    [Fact]
    public async Task AuthorGone_TakesAllOfTheirsBackAndNothingElse()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        await _bench.PostAsync("a", "2", "Car crash on Elm Road");
        await _bench.PostAsync("b", "3", AnotherFire);
        await _bench.SayAsync(PostChange.AuthorGone, "a", "");
        Assert.Equal(PostKeys.Key("3"), Assert.Single(_bench.Store.All).Key);
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.AuthorGone, "a", ""));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")] // Some networks do not say whose it was.
    public async Task Edited_OtherWordsSamePlace_ReplacesTheText(string author)
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        var odds = _bench.LnOdds;
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Repeated), await _bench.SayAsync(PostChange.Edited, author, "1", AnotherFire));
        Assert.Equal(AnotherFire, Assert.Single(_bench.Store.All).Text);
        Assert.Equal(odds, _bench.LnOdds, 3);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    public async Task Edited_NoFireAnyMore_IsAsDeleted(string author)
    {
        _bench.Alarm();
        var before = _bench.LnOdds;
        await _bench.PostAsync("a", "1", Fire);
        await _bench.SayAsync(PostChange.Edited, author, "1", "False alarm, it was a bbq");
        Assert.Equal(before, _bench.LnOdds, 1);
        Assert.Empty(_bench.Store.All);
    }

    [Fact]
    public async Task Edited_OtherPlace_EndsTheOldAndBeginsTheNew()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.SayAsync(PostChange.Edited, "a", "1", "Huge fire on St Giles Way"));
        Assert.Equal(SampleGazetteer.Of("St. Giles Way"), Assert.Single(_bench.Store.All).Place);
        var piece = Assert.Single(_bench.Area.State.Open[0].Evidence, piece => piece.Kind == "post.fire");
        Assert.Equal((SampleGazetteer.Of("St. Giles Way"), null), (piece.Place, piece.ClearedAt));
    }

    [Fact]
    public async Task Edited_NowOfAPlace_IsAsPosted()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", "Huge fire!");
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.SayAsync(PostChange.Edited, "a", "1", Fire));
        Assert.Single(_bench.Store.All);
    }
}
