namespace CivicSignals.Silo.Demo;

/// <summary>
/// Brings the demo town to life: every home's gateway, traffic, nuisances, and a few true incidents, the first within half a minute.
/// The same seed and clock give the same messages. For one caller at a time.
/// </summary>
public sealed class TownSimulator
{
    private const int Seed = 53;
    private const int StartsPerBeat = 10;
    private static readonly TimeSpan StartBeat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstFire = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstCrash = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstRepeat = TimeSpan.FromSeconds(180);

    private readonly Random _random = new(Seed);
    private readonly Agenda _agenda;
    private readonly ITownOperator _control;
    private readonly HomeGateway[] _homes;
    private readonly RoadLife _roads;
    private readonly Queue<HomeGateway> _toStart;
    private int _incidents;

    public TownSimulator(TimeProvider time, ITownWire wire, ITownOperator control)
    {
        _agenda = new Agenda(time);
        _control = control;
        _homes = [.. DemoTown.Homes.Select(home => new HomeGateway(home, wire))];
        _roads = new RoadLife(_agenda, wire, _random);

        var fire = NextFire();
        _toStart = new Queue<HomeGateway>(fire.Homes.Concat(_homes));
        _agenda.In(TimeSpan.Zero, StartSomeAsync);
        fire.Tell(_agenda, control, FirstFire);
        _roads.Crash(FirstCrash);
        _agenda.In(FirstRepeat, NextIncident);
        _roads.Begin();
        new HomeLife(_agenda, _homes, _random).Begin();
    }

    /// <summary>Does what is due by now.</summary>
    /// <exception cref="MQTTnet.Exceptions.MqttCommunicationException">One message could not be delivered and is lost; what is left is done at the next call.</exception>
    public async Task StepAsync(CancellationToken cancellation)
    {
        while (_agenda.TryTakeDue(out var what))
            await what(cancellation);
    }

    // The next beat is put on the agenda when this one is done: a slow machine delays gateways, not the incidents.
    private async Task StartSomeAsync(CancellationToken cancellation)
    {
        try
        {
            for (var n = 0; n < StartsPerBeat && _toStart.TryPeek(out var home); n++)
            {
                await home.StartAsync(cancellation);
                _toStart.Dequeue();
            }
        }
        finally
        {
            if (_toStart.Count > 0)
                _agenda.In(StartBeat, StartSomeAsync);
        }
    }

    private Task NextIncident(CancellationToken cancellation)
    {
        if (_incidents++ % 2 == 0)
            NextFire().Tell(_agenda, _control, TimeSpan.Zero);
        else
            _roads.Crash(TimeSpan.Zero);
        _agenda.In(TimeSpan.FromSeconds(_random.Next(120, 180)), NextIncident);
        return Task.CompletedTask;
    }

    private FireStory NextFire()
    {
        FireStory story;
        do
        {
            story = new FireStory(_homes[_random.Next(_homes.Length)], _homes);
        }
        while (!story.HasNeighbours);
        return story;
    }
}
