using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Silo.Demo;

/// <summary>A true house fire: smoke, then heat, then the smoke alarms next door; in the end it is out and the operator says so.</summary>
public sealed class FireStory
{
    private const double NextDoorM = 60;
    private readonly HomeGateway _home;
    private readonly HomeGateway[] _nextDoor;

    /// <param name="home">Where it burns.</param>
    /// <param name="town">All homes; the nearest two that are near enough smell it too.</param>
    public FireStory(HomeGateway home, IReadOnlyList<HomeGateway> town)
    {
        _home = home;
        _nextDoor = [.. town
            .Where(other => other != home)
            .Select(other => (Home: other, Distance: Geo.DistanceM(home.Home.Lat, home.Home.Lon, other.Home.Lat, other.Home.Lon)))
            .Where(other => other.Distance <= NextDoorM)
            .OrderBy(other => other.Distance)
            .Take(2)
            .Select(other => other.Home)];
    }

    /// <summary>Whether two alarms next door can join in.</summary>
    public bool HasNeighbours => _nextDoor.Length == 2;

    /// <summary>The homes that take part.</summary>
    public IEnumerable<HomeGateway> Homes => _nextDoor.Prepend(_home);

    /// <summary>Puts the story on the agenda, its first alarm after <paramref name="delay"/>.</summary>
    public void Tell(Agenda agenda, ITownOperator control, TimeSpan delay)
    {
        void At(double seconds, Func<CancellationToken, Task> what) => agenda.In(delay + TimeSpan.FromSeconds(seconds), what);

        At(0, cancellation => Smoke(_home, true, cancellation));
        At(15, cancellation => Heat(true, 58.5, cancellation));
        At(25, cancellation => Smoke(_nextDoor[0], true, cancellation));
        At(27, cancellation => Smoke(_nextDoor[1], true, cancellation));
        At(32, cancellation => ActAsync(control, ActionVerb.Acknowledge, "Two appliances mobilised.", cancellation));
        At(110, cancellation => Smoke(_nextDoor[1], false, cancellation));
        At(118, cancellation => Smoke(_nextDoor[0], false, cancellation));
        At(130, cancellation => Heat(false, 27.1, cancellation));
        At(140, cancellation => Smoke(_home, false, cancellation));
        At(155, cancellation => ActAsync(control, ActionVerb.AllClear, "Fire out, everyone is well.", cancellation));
    }

    private static Task Smoke(HomeGateway home, bool active, CancellationToken cancellation) =>
        home.ReportAsync(DeviceCatalogue.Smoke, acknowledged: true, cancellation, ("smoke", active));

    private Task Heat(bool active, double temperature, CancellationToken cancellation) =>
        _home.ReportAsync(DeviceCatalogue.Heat, acknowledged: true, cancellation, ("smoke", active), ("temperature", temperature));

    private Task<bool> ActAsync(ITownOperator control, ActionVerb verb, string note, CancellationToken cancellation) =>
        control.ActAsync(Hazard.Fire, _home.Home.Lat, _home.Home.Lon, verb, note, cancellation);
}
