using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Fusion;
using CivicSignals.Neighbourhoods;
using CivicSignals.Signals;

namespace CivicSignals.Benchmarks.Load;

/// <summary>One area with 50 places at which something happens: in homes, on roads, and where only people see it. Every run is the same.</summary>
internal static class Quarter
{
    public const int Places = 50;

    /// <summary>Contacts of homes that stand open: heard, and no evidence of anything.</summary>
    public const int Contacts = 1000;

    private const int Columns = 10;
    private const int Rows = Places / Columns;

    public static readonly DateTimeOffset Start = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    public static readonly string Area = Quadkey.At(AreaGrid.Place(0, 0.5, 0.5).Lat, AreaGrid.Place(0, 0.5, 0.5).Lon, Quadkey.DefaultZoom);

    // What is said at a place, by turns; the first opens. Places of one hazard lie so far apart that they stay as many incidents.
    private static readonly string[] Fire = ["fire.smoke", "fire.heat", "fire.smoke", "report.fire"];
    private static readonly string[] Crash = ["crash.accident", "crash.airbag", "driver.crash", "report.crash"];
    private static readonly string[] Road = ["road.obstacle", "road.obstacle", "driver.road-hazard", "report.road-hazard"];
    private static readonly string[] Disorder = ["report.disorder", "disorder.violence", "report.disorder", "post.disorder"];
    private static readonly string[] Flood = ["flood.indoor", "flood.indoor", "report.flood", "flood.indoor"];
    private static readonly string[] CarbonMonoxide = ["gas.co", "gas.co", "gas.co", "gas.co"];
    private static readonly string[] Intrusion = ["intrusion.alarm", "intrusion.motion", "intrusion.glass", "report.intrusion"];
    private static readonly string[] Medical = ["medical.fall", "medical.fall", "report.medical", "medical.fall"];

    private static readonly string[][] Even = [Fire, Crash, Fire, Crash, Fire, Road, Fire, Road, Fire, Crash];
    private static readonly string[][] Odd = [Disorder, CarbonMonoxide, Flood, Intrusion, Medical, Medical, Flood, Intrusion, Disorder, CarbonMonoxide];

    public static AreaCore Core() => new(FusionModel.Bundled(), AlertPolicy.Bundled(), NeighbourhoodMap.Empty);

    /// <summary>What the n-th source at a place says.</summary>
    public static Signal At(int place, int n, DateTimeOffset at, bool active = true)
    {
        var kinds = KindsOf(place);
        var kind = kinds[n % kinds.Length];
        var isHome = !kind.Contains("report.") && !kind.Contains("driver.") && !kind.Contains("post.") && !IsVehicle(kind);
        var home = $"gw{place:D2}{n / kinds.Length:D4}";
        var (lat, lon) = Spot(place, n);
        return new Signal
        {
            Source = isHome ? $"homes/{home}/0x00158d00{n:x8}" : IsVehicle(kind) ? $"vehicles/{place:D2}-{n:D6}" : $"people/{place:D2}-{n:D6}",
            Kind = kind,
            Active = active,
            Place = new Place(lat, lon, isHome ? 15 : 20),
            ObservedAt = at,
            ReceivedAt = at,
            Premises = isHome ? home : null,
            PlaceKind = isHome ? "dwelling" : null,
            Event = IsVehicle(kind) ? $"{place}/{n}" : null,
            ValidUntil = IsVehicle(kind) ? at.AddMinutes(10) : null,
        };
    }

    /// <summary>Whether the n-th source at a place is a home's: it repeats its state, and its end does not end the incident.</summary>
    public static bool IsHome(int place, int n) => At(place, n, Start).Premises is not null;

    /// <summary>A contact that stands open, as its gateway tells after a restart or repeats.</summary>
    public static Signal Contact(int n, DateTimeOffset at, bool sinceUnknown = false)
    {
        var (lat, lon) = AreaGrid.Place(0, 0.05 + (0.9 * (n % 40) / 40), 0.05 + (0.9 * (n / 40) / 40));
        return new Signal
        {
            Source = $"homes/gwc{n / 4:D4}/0x00158d01{n:x8}",
            Kind = "intrusion.contact",
            Active = true,
            Place = new Place(lat, lon, 15),
            ObservedAt = at,
            ReceivedAt = at,
            Premises = $"gwc{n / 4:D4}",
            SinceUnknown = sinceUnknown,
        };
    }

    private static string[] KindsOf(int place) => (place / Columns % 2 == 0 ? Even : Odd)[place % Columns];

    private static bool IsVehicle(string kind) => kind.StartsWith("crash.", StringComparison.Ordinal) || kind.StartsWith("road.", StringComparison.Ordinal) || kind.StartsWith("disorder.", StringComparison.Ordinal);

    /// <summary>Within a few metres of the place's middle.</summary>
    private static (double Lat, double Lon) Spot(int place, int n)
    {
        var (x, y) = ((place % Columns) + 0.5 + (0.02 * ((n % 5) - 2)), (place / Columns) + 0.5 + (0.01 * ((n % 7) - 3)));
        return AreaGrid.Place(0, x / Columns, y / Rows);
    }
}
