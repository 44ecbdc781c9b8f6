using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ingest.Reports;
using CivicSignals.Neighbourhoods;
using CivicSignals.Reports;
using CivicSignals.Signals;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Ingest;

public sealed class ReportDeskTests : IAsyncDisposable
{
    private static readonly Place Here = new(53.05, -2.99, 50);

    private readonly IngestBench _bench = new(kinds: FusionModel.Bundled());
    private readonly ReportDesk _desk;

    public ReportDeskTests() => _desk = new ReportDesk(
        _bench.Pipeline, FusionModel.Bundled(), new ReportLimits(_bench.Time), NeighbourhoodMap.Empty, Options.Create(new AreaOptions()), _bench.Time);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task OfferAsync_Seen_IsSaidToTheAreaAndTakesBackNothingHere()
    {
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("r1"))).Status);
        Assert.Equal([("report.nothing-here", false), ("report.fire", true)], _bench.Areas.Signals.Select(signal => (signal.Kind, signal.Active)));
        Assert.All(_bench.Areas.Signals, signal => Assert.Equal("reports/r1", signal.Source));
        Assert.Equal((1, 1), (_bench.Account.Read().Received, _bench.Account.Read().Evidence));
    }

    [Fact]
    public async Task OfferAsync_AnswerToAnAlert_GoesToTheAreaThatOwnsTheIncident()
    {
        await _desk.OfferAsync(Fire("r1") with { Says = "nothing-here", Target = new SignalTarget("0311", "i1") });
        var (area, signals, _) = Assert.Single(_bench.Areas.Offers);
        Assert.Equal("0311", area);
        Assert.Equal(("report.nothing-here", "i1"), (signals[^1].Kind, signals[^1].Target!.Incident));
    }

    [Fact]
    public async Task OfferAsync_AnswerToAQuestionAboutNothing_IsCountedAndWeighsNothing()
    {
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(new Report("r1") { Says = "seen", Question = "q1" })).Status);
        Assert.Empty(_bench.Areas.Offers);
        Assert.Equal(1, _bench.Account.Read().Ambient);
    }

    [Theory]
    [InlineData(null, "fire", 53.05, Reasons.BadShape)]
    [InlineData("maybe", "fire", 53.05, Reasons.BadShape)]
    [InlineData("seen", null, 53.05, Reasons.UnknownKind)]
    [InlineData("seen", "weather", 53.05, Reasons.UnknownKind)]
    [InlineData("seen", "fire", null, Reasons.NoPlace)]
    [InlineData("seen", "fire", 91.0, Reasons.BadPlace)]
    [InlineData("seen", "fire", double.NaN, Reasons.BadPlace)]
    public async Task OfferAsync_NoReport_IsRefusedWithItsReasonAndCounted(string? says, string? kind, double? lat, string reason)
    {
        var outcome = await _desk.OfferAsync(new Report("r1") { Says = says, Kind = kind, Place = lat is { } given ? new Place(given, -3, 50) : null });
        Assert.Equal((ReportStatus.Refused, reason), (outcome.Status, outcome.Reason));
        Assert.Equal(1, _bench.Account.Read().RejectedByReason[reason]);
    }

    [Fact]
    public async Task OfferAsync_TheSeventhOfOneReporter_IsTooManyUntilTheWindowEnds()
    {
        for (var i = 0; i < ReportLimits.PerReporter; i++)
            Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("r1"))).Status);
        _bench.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(new ReportOutcome(ReportStatus.TooManyOfReporter, TimeSpan.FromMinutes(6)), await _desk.OfferAsync(Fire("r1")));
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("r2"))).Status);
        Assert.Equal(1, _bench.Account.Read().RejectedByReason[Reasons.TooMany]);
        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("r1"))).Status);
        Assert.Equal(0, _bench.Account.Read().InFlight);
    }

    [Fact]
    public async Task OfferAsync_ManyAboutOnePlace_ShedsWhatWasSaidAndNeverTheFirstOfAKind()
    {
        for (var i = 0; i < ReportLimits.PerArea; i++)
            await _desk.OfferAsync(Fire($"r{i}"));

        Assert.Equal(ReportStatus.TooManyOfPlace, (await _desk.OfferAsync(Fire("other"))).Status);
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("another") with { Kind = "gas" })).Status);
        Assert.Equal(ReportStatus.TooManyOfPlace, (await _desk.OfferAsync(Fire("a third") with { Kind = "gas" })).Status);
        Assert.Equal(ReportStatus.Taken, (await _desk.OfferAsync(Fire("a fourth") with { Place = new Place(53.2, -2.99, 50) })).Status);
    }

    [Fact]
    public async Task OfferAsync_AreaAway_IsUnavailable()
    {
        _bench.Areas.Answer = (_, _, _) => throw new TimeoutException();
        Assert.Equal(ReportStatus.Unavailable, (await _desk.OfferAsync(Fire("r1"))).Status);
    }

    private static Report Fire(string reporter) => new(reporter) { Says = "seen", Kind = "fire", Place = Here };
}
