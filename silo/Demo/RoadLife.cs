using CivicSignals.Areas;

namespace CivicSignals.Silo.Demo;

/// <summary>What happens on the town's main roads: crashes, breakdowns, and much hard braking that means nothing.</summary>
public sealed class RoadLife
{
    private static readonly TimeSpan BetweenBrakes = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan BetweenBreakdowns = TimeSpan.FromMinutes(4);
    private readonly Agenda _agenda;
    private readonly Random _random;
    private readonly RoadEvent _events;
    private readonly Street[] _roads = [.. DemoTown.Streets.Where(street => street.IsMain)];

    public RoadLife(Agenda agenda, ITownWire wire, Random random)
    {
        (_agenda, _random) = (agenda, random);
        _events = new RoadEvent(agenda, wire);
    }

    /// <summary>Traffic begins.</summary>
    public void Begin()
    {
        _agenda.In(BetweenBrakes, Brake);
        _agenda.In(BetweenBreakdowns / 2, BreakDown);
    }

    /// <summary>Two vehicles report one crash, then a third; after a while the road is free again.</summary>
    public void Crash(TimeSpan after)
    {
        var place = Place();
        var first = _random.Next(DemoTown.Vehicles.Count);
        for (var n = 0; n < 3; n++)
        {
            var begins = after + TimeSpan.FromSeconds(n switch { 0 => 0, 1 => 3, _ => 12 });
            _events.Tell(DemoTown.Vehicles[(first + n) % DemoTown.Vehicles.Count], (2, 1), Near(place, 12), begins, TimeSpan.FromSeconds(80 + (5 * n)), validitySeconds: 600);
        }
    }

    private Task Brake(CancellationToken cancellation)
    {
        _events.Tell(Vehicle(), (99, 1), Place(), TimeSpan.Zero, TimeSpan.FromSeconds(5), validitySeconds: 20);
        _agenda.In(BetweenBrakes * (0.5 + _random.NextDouble()), Brake);
        return Task.CompletedTask;
    }

    private Task BreakDown(CancellationToken cancellation)
    {
        _events.Tell(Vehicle(), (94, 2), Place(), TimeSpan.Zero, TimeSpan.FromSeconds(120), validitySeconds: 300);
        _agenda.In(BetweenBreakdowns * (0.5 + _random.NextDouble()), BreakDown);
        return Task.CompletedTask;
    }

    private Vehicle Vehicle() => DemoTown.Vehicles[_random.Next(DemoTown.Vehicles.Count)];

    private (double Lat, double Lon) Place()
    {
        var road = _roads[_random.Next(_roads.Length)];
        var i = _random.Next(road.Points.Count - 1);
        var (a, b, t) = (road.Points[i], road.Points[i + 1], _random.NextDouble());
        return (a.Lat + ((b.Lat - a.Lat) * t), a.Lon + ((b.Lon - a.Lon) * t));
    }

    private (double Lat, double Lon) Near((double Lat, double Lon) place, double metres)
    {
        var (perLat, perLon) = Geo.DegreesPerMetre(place.Lat);
        return (place.Lat + (((_random.NextDouble() * 2) - 1) * metres * perLat), place.Lon + (((_random.NextDouble() * 2) - 1) * metres * perLon));
    }
}
