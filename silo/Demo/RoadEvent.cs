namespace CivicSignals.Silo.Demo;

/// <summary>One vehicle's event: announced, repeated every few seconds while it lasts, and ended by the vehicle itself.</summary>
public sealed class RoadEvent(Agenda agenda, ITownWire wire)
{
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(5);
    private ushort _sequence;

    /// <summary>Puts an event on the agenda.</summary>
    /// <param name="vehicle">Who reports.</param>
    /// <param name="cause">ETSI cause and sub-cause.</param>
    /// <param name="place">Where, degrees.</param>
    /// <param name="after">When it begins.</param>
    /// <param name="lasts">How long it lasts; longer than <paramref name="validitySeconds"/>: the vehicle keeps it alive by repeating.</param>
    /// <param name="validitySeconds">How long each message stays valid.</param>
    public void Tell(Vehicle vehicle, (int Cause, int Sub) cause, (double Lat, double Lon) place, TimeSpan after, TimeSpan lasts, int validitySeconds)
    {
        var sequence = _sequence++;
        agenda.In(after, async cancellation =>
        {
            var denm = new Denm(vehicle, sequence, cause.Cause, cause.Sub, place.Lat, place.Lon, agenda.Now, validitySeconds);
            await SayAsync(denm, agenda.Now + lasts, cancellation);
        });
    }

    private async Task SayAsync(Denm denm, DateTimeOffset until, CancellationToken cancellation)
    {
        var ends = agenda.Now >= until;
        if (!ends)
            agenda.In(Repeat, again => SayAsync(denm, until, again));
        await wire.PublishAsync(new TownMessage(denm.Vehicle.Id, denm.Topic, denm.Payload(agenda.Now, ends), Acknowledged: true), cancellation);
    }
}
