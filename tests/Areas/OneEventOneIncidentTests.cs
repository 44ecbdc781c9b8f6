using CivicSignals.Areas;
using CivicSignals.Signals;
using Orleans.Concurrency;

namespace CivicSignals.Tests.Areas;

/// <summary>One event that sensors in one to four areas hear, in any order and at once, is one incident.</summary>
public abstract class OneEventOneIncidentTests(AreaCluster cluster, int seed, int cases)
{
    private const int AtOnce = 64;
    private const double MetresPerDegree = 111_195;

    [Fact]
    public async Task OfferAsync_OneFireAtEdgesAndCorners_IsOneOpenIncident()
    {
        var random = new Random(seed);
        var scenes = Enumerable.Range(0, cases).Select(i => (Number: i, Signals: Fire(random, i))).ToList();
        await Parallel.ForEachAsync(
            scenes,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (scene, _) => await PlayAsync(scene.Number, scene.Signals));
    }

    private async Task PlayAsync(int number, Signal[] signals)
    {
        await Task.WhenAll(signals.Select(OfferAsync));
        var areas = signals.SelectMany(s => Quadkey.Near(s.Place, 300, Quadkey.DefaultZoom).Append(Quadkey.At(s.Place.Lat, s.Place.Lon, Quadkey.DefaultZoom))).Distinct().ToList();
        var last = "";
        for (var wait = 0; wait < 300; wait++)
        {
            var open = areas.SelectMany(area => cluster.Ledger.State(area).Open).ToList();
            if (open is [{ } one] && one.Evidence.Length == signals.Length)
                return;
            last = string.Join("; ", open.Select(incident => $"{incident.Id} with {incident.Evidence.Length}"));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"case {number}: {signals.Length} sensors at {string.Join(' ', signals.Select(s => Quadkey.At(s.Place.Lat, s.Place.Lon, Quadkey.DefaultZoom)))}, open: {last}");
    }

    /// <summary>As ingest does: where an area says that a neighbour follows, there.</summary>
    private async Task OfferAsync(Signal signal)
    {
        var area = Quadkey.At(signal.Place.Lat, signal.Place.Lon, Quadkey.DefaultZoom);
        var receipt = await Area(area).OfferAsync(new Immutable<Signal[]>([signal]), false, CancellationToken.None);
        if (receipt.Redirects?[0] is { } neighbour)
            await Area(neighbour).OfferAsync(new Immutable<Signal[]>([signal]), true, CancellationToken.None);
    }

    private IAreaGrain Area(string area) => cluster.Grains.GetGrain<IAreaGrain>(area);

    /// <summary>Two to six homes within 55 m of a point that lies at a corner, on an edge or anywhere; each case has areas of its own.</summary>
    private static Signal[] Fire(Random random, int number)
    {
        // A corner of four areas, three areas away from the next case's.
        var (x, y) = (3 * (1 + (number % 4000)), 3 * (1700 + (number / 4000)));
        var n = 1 << Quadkey.DefaultZoom;
        var corner = (Lat: Math.Atan(Math.Sinh(Math.PI * (1 - (2.0 * y / n)))) * 180 / Math.PI, Lon: (360.0 * x / n) - 180);
        var metresPerLon = MetresPerDegree * Math.Cos(corner.Lat * Math.PI / 180);
        var east = random.Next(3) == 0 ? 200 + (400 * random.NextDouble()) : 0;
        var north = random.Next(3) == 0 ? 200 + (400 * random.NextDouble()) : 0;
        var at = TimeProvider.System.GetUtcNow();
        return [.. Enumerable.Range(0, random.Next(2, 7)).Select(i =>
        {
            var (angle, radius) = (random.NextDouble() * 2 * Math.PI, 55 * random.NextDouble());
            return new Signal
            {
                Source = $"homes/{number}-{i}/a",
                Kind = random.Next(4) == 0 ? "fire.heat" : "fire.smoke",
                Active = true,
                Place = new Place(
                    corner.Lat + ((north + (radius * Math.Sin(angle))) / MetresPerDegree), corner.Lon + ((east + (radius * Math.Cos(angle))) / metresPerLon), 15),
                ObservedAt = at,
                ReceivedAt = at,
                Premises = $"{number}-{i}",
            };
        })];
    }
}

/// <summary>On one silo.</summary>
public sealed class OneEventOneIncidentOnOneSiloTests(AreaCluster cluster) : OneEventOneIncidentTests(cluster, seed: 1, cases: 10_000), IClassFixture<AreaCluster>;

/// <summary>On three silos: neighbouring areas live apart.</summary>
public sealed class OneEventOneIncidentOnThreeSilosTests(ThreeSilos cluster) : OneEventOneIncidentTests(cluster, seed: 2, cases: 1_000), IClassFixture<ThreeSilos>;
