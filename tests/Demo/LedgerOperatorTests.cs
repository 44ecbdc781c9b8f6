using System.Reflection;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silo.Demo;

namespace CivicSignals.Tests.Demo;

public sealed class LedgerOperatorTests
{
    private const double Lat = 53.0466;
    private const double Lon = -2.9925;
    private static readonly DateTimeOffset At = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Act_SeveralIncidents_TellsTheAreaOfTheNearestOfThatHazard()
    {
        var platform = new Platform(
            Entry("far", Hazard.Fire, Lat + 0.002, "0001"),
            Entry("crash", Hazard.RoadCrash, Lat, "0002"),
            Entry("near", Hazard.Fire, Lat + 0.0005, "0003"));

        Assert.True(await platform.Operator.ActAsync(Hazard.Fire, Lat, Lon, ActionVerb.AllClear, "out", TestContext.Current.CancellationToken));

        var (area, action) = Assert.Single(platform.Actions);
        Assert.Equal(("0003", "near", ActionVerb.AllClear, "out"), (area, action.Incident, action.Verb, action.Note));
    }

    [Fact]
    public async Task Act_NothingWithinReach_DoesNothing()
    {
        var platform = new Platform(Entry("far", Hazard.Fire, Lat + 0.01, "0001"));

        Assert.False(await platform.Operator.ActAsync(Hazard.Fire, Lat, Lon, ActionVerb.AllClear, "out", TestContext.Current.CancellationToken));
        Assert.Empty(platform.Actions);
    }

    private static LedgerEntry Entry(string id, Hazard hazard, double lat, string area)
    {
        var line = new IncidentLine(
            At, "incident", id, hazard, lat, Lon, 40, 0.9, Stage.Open, null, null, [], null, At, null, null, "m1", []);
        return new LedgerEntry(1, EntryType.Incident, At, area, id, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), Open: true);
    }

    private sealed class Platform
    {
        public Platform(params IReadOnlyList<LedgerEntry> open)
        {
            var ledger = Fake.Of<ILedgerReader>((_, _) => Task.FromResult(open));
            var grains = Fake.Of<IGrainFactory>((_, arguments) => Fake.Of<IAreaGrain>((_, action) =>
            {
                Actions.Add(((string)arguments[0]!, (OperatorAction)action[0]!));
                return Task.FromResult(ActionResult.Done);
            }));
            Operator = new LedgerOperator(ledger, grains);
        }

        public LedgerOperator Operator { get; }

        public List<(string Area, OperatorAction Action)> Actions { get; } = [];
    }

    /// <summary>An interface of which only one member is called.</summary>
    public class Fake : DispatchProxy
    {
        private Func<MethodInfo, object?[], object?> _answer = null!;

        public static T Of<T>(Func<MethodInfo, object?[], object?> answer)
            where T : class
        {
            var fake = Create<T, Fake>();
            ((Fake)(object)fake)._answer = answer;
            return fake;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args!);
    }
}
