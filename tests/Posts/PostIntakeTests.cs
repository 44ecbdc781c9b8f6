using System.Text;
using CivicSignals.Fusion;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Posts;

public sealed class PostIntakeTests : IAsyncDisposable
{
    private const string Fire = "Huge fire on Elm Road, Wrexham";
    private const string AnotherFire = "I can see flames coming out of a roof from my window, Elm Rd";
    private static readonly double OneVoice = FusionModel.Bundled().Families["post"].BesideLnLr!.Value;

    private readonly PostBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Posted_NothingElseThere_OpensNothingAndWaits()
    {
        Assert.Equal(MessageOutcome.Ambient, await _bench.PostAsync("a", "1", Fire));
        Assert.Empty(_bench.Area.State.Open);
        Assert.Single(_bench.Store.All);
        _bench.Pass(30);
        _bench.Alarm();
        Assert.Contains(_bench.Incident.Evidence, piece => piece.Kind == "post.fire");
    }

    [Theory]
    [InlineData(nameof(PostChange.Deleted))]
    [InlineData(nameof(PostChange.AuthorGone))]
    [InlineData(nameof(PostChange.Edited))]
    public async Task TakenBack_WhileItWaits_CountsNothingWhenAnIncidentOpens(string change)
    {
        await _bench.PostAsync("a", "1", Fire);
        await _bench.SayAsync(Enum.Parse<PostChange>(change), "a", change == nameof(PostChange.AuthorGone) ? "" : "1", "It was a bbq");
        Assert.Empty(_bench.Store.All);
        _bench.Alarm();
        Assert.DoesNotContain(_bench.Incident.Evidence, piece => piece.Kind == "post.fire");
    }

    [Theory]
    [InlineData("A fine day in Wrexham")]
    [InlineData("There is a huge fire, smoke everywhere")]
    [InlineData("")]
    public async Task Posted_NoKindOrNoPlace_IsAmbient(string text)
    {
        _bench.Alarm();
        Assert.Equal(MessageOutcome.Ambient, await _bench.PostAsync("a", "1", text));
        Assert.Empty(_bench.Store.All);
    }

    [Fact]
    public async Task Posted_WhereAnAlarmSounds_AddsOneVoiceAndKeepsItsText()
    {
        _bench.Alarm();
        var before = _bench.LnOdds;

        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.PostAsync("bluesky:did:plc:abc", "at://did:plc:abc/app.bsky.feed.post/1", Fire));

        Assert.Equal(OneVoice, _bench.LnOdds - before, 1);
        Assert.InRange(_bench.Incident.RadiusM, 10, 500);
        var post = Assert.Single(_bench.Store.All);
        Assert.Equal((Fire, "post.fire", SampleGazetteer.Of("Elm Road")), (post.Text, post.Kind, post.Place));
        Assert.Matches("^posts/[0-9a-f]{16}$", post.Source);
        Assert.Matches("^[0-9a-f]{32}$", post.Key);
        Assert.All(_bench.Area.Entries, entry => Assert.DoesNotContain("abc", Encoding.UTF8.GetString(entry.Body.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Posted_HalfBelieved_AddsInProportionAndSaysWhyInTheTablesWords()
    {
        await using var believed = new PostBench();
        believed.Alarm();
        _bench.Alarm();
        var before = _bench.LnOdds;
        await believed.PostAsync("a", "1", Fire);
        await _bench.PostAsync("a", "1", "thick smoke on Elm Road, anyone know why zyxwv?");
        var piece = Assert.Single(_bench.Area.State.Open[0].Evidence, piece => piece.Kind == "post.fire");
        Assert.InRange(piece.Credence!.Value, 0.1, 0.9);
        Assert.Equal((believed.LnOdds - before) * piece.Credence.Value, _bench.LnOdds - before, 1);
        Assert.Contains("+thick smoke", piece.Phrases, StringComparison.Ordinal);
        Assert.DoesNotContain("zyxwv", piece.Phrases, StringComparison.Ordinal);
        Assert.Contains(_bench.Incident.Evidence, line => line.Why.Contains("; by its words +thick smoke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Posted_OfFeelingsOnly_IsAmbient()
    {
        _bench.Alarm();
        Assert.Equal(MessageOutcome.Ambient, await _bench.PostAsync("a", "1", "so proud of our firefighters, thank you for all you do on Elm Road"));
    }

    [Fact]
    public async Task Posted_ByAMachine_IsAmbient()
    {
        _bench.Alarm();
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.Posted, "a", "1", Fire, bot: true));
    }

    [Fact]
    public async Task Posted_DeliveredAgain_IsRepeatedAndStaysKept()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Repeated), await _bench.PostAsync("a", "1", Fire));
        await _bench.RestartAsync();
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Repeated), await _bench.PostAsync("a", "1", Fire));
        Assert.Single(_bench.Store.All);
    }

    [Fact]
    public async Task Posted_ByTheSameAuthorAgain_IsStillOneVoice()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        var once = _bench.LnOdds;
        await _bench.PostAsync("a", "2", AnotherFire);
        Assert.Equal(once, _bench.LnOdds, 1);
    }

    [Fact]
    public async Task Posted_ByAnotherInOtherWords_IsASecondVoice()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        var once = _bench.LnOdds;
        await _bench.PostAsync("b", "2", AnotherFire);
        Assert.True(_bench.LnOdds > once + 0.2);
    }

    [Theory]
    [InlineData("HUGE FIRE on elm rd wrexham!!!", null)]
    [InlineData("RT Huge fire on Elm Road, Wrexham", null)]
    [InlineData("Flames coming from the roof, Elm Road, look at this", "1")]
    public async Task Posted_CopyOrQuote_AddsNothing(string text, string? quotes)
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        var once = _bench.LnOdds;
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.PostAsync("b", "2", text, quotes));
        Assert.Equal(once, _bench.LnOdds, 1);
        Assert.Single(_bench.Store.All.Select(post => post.Group).Distinct());
    }

    [Fact]
    public async Task Posted_TwoQuotesOfAPostThatNobodyKnows_AreOneVoice()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire, of: "unknown");
        await _bench.PostAsync("b", "2", AnotherFire, of: "unknown");
        Assert.Single(_bench.Store.All.Select(post => post.Group).Distinct());
    }

    [Fact]
    public async Task Posted_CopyAfterARestart_AddsNothing()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        await _bench.RestartAsync();
        await _bench.PostAsync("b", "2", Fire);
        Assert.Single(_bench.Store.All.Select(post => post.Group).Distinct());
    }

    [Fact]
    public async Task Posted_SameWordsHoursLater_AreAVoiceOfTheirOwn()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        _bench.Pass(PostMemory.Span.TotalMinutes + 1);
        _bench.Alarm();
        await _bench.PostAsync("b", "2", Fire);
        Assert.Equal(2, _bench.Store.All.Select(post => post.Group).Distinct().Count());
    }

    [Fact]
    public async Task Reposted_KnownPost_IsRepeatedAndAnUnknownOneAmbient()
    {
        _bench.Alarm();
        await _bench.PostAsync("a", "1", Fire);
        var entries = _bench.Area.Entries.Count;
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Repeated), await _bench.SayAsync(PostChange.Reposted, "b", "r", of: "1"));
        Assert.Equal(MessageOutcome.Ambient, await _bench.SayAsync(PostChange.Reposted, "b", "r", of: "unknown"));
        Assert.Equal(entries, _bench.Area.Entries.Count);
    }

    [Fact]
    public async Task ManyAtOnce_WhatHappensToOnePost_KeepsItsOrder()
    {
        _bench.Alarm();
        var said = Enumerable.Range(0, 200).SelectMany(i => (Task<MessageOutcome>[])
        [
            _bench.PostAsync($"a{i}", $"{i}", Fire),
            _bench.SayAsync(PostChange.Edited, $"a{i}", $"{i}", AnotherFire),
            _bench.SayAsync(PostChange.Deleted, $"a{i}", $"{i}"),
        ]).Append(_bench.PostAsync("last", "last", AnotherFire)).Append(_bench.SayAsync(PostChange.AuthorGone, "last", "")).ToList();

        await Task.WhenAll(said).WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);

        Assert.Empty(_bench.Store.All);
        Assert.DoesNotContain(_bench.Area.State.Open[0].Evidence, piece => piece.Kind == "post.fire" && piece.ClearedAt is null);
        Assert.Equal((602, 0, 0), (_bench.Account.Received, _bench.Account.InFlight, _bench.Account.Failed));
    }

    [Fact]
    public async Task StoreUnavailable_IsFailedAndCountedOnce_AndTakenTheNextTime()
    {
        _bench.Alarm();
        _bench.Store.IsBroken = true;
        Assert.Equal(MessageOutcome.Failed(Reasons.MemoryUnavailable), await _bench.PostAsync("a", "1", Fire));
        Assert.Equal((1, 1, 0), (_bench.Account.Received, _bench.Account.Failed, _bench.Account.InFlight));
        _bench.Store.IsBroken = false;
        Assert.Equal(MessageOutcome.Of(SignalOutcome.Evidence), await _bench.PostAsync("a", "1", Fire));
    }

    [Fact]
    public async Task Rejected_IsCountedWithItsReason()
    {
        Assert.Equal(MessageOutcome.Rejected(Reasons.NotJson), await _bench.RejectAsync(Reasons.NotJson));
        Assert.Equal((1, 1), (_bench.Account.Received, _bench.Account.Rejected));
    }
}
