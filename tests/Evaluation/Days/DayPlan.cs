using CivicSignals.Evaluation.Town;
using CivicSignals.Evaluation.Wire;

namespace CivicSignals.Evaluation.Days;

/// <summary>A day as it is being made up: what happens, and who sends what. Not yet what arrives.</summary>
internal sealed class DayPlan(TownPlan town, int seed)
{
    /// <summary>Vehicles that can speak.</summary>
    public const int Vehicles = 4000;

    public static readonly DateTimeOffset Start = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first ten minutes belong to the gateways' descriptions.</summary>
    public static readonly DateTimeOffset Opening = Start.AddMinutes(10);

    private int _sequence;
    private int _reporter;
    private int _account;

    public TownPlan Town => town;

    public int Seed => seed;

    public List<TrueIncident> Incidents { get; } = [];

    public List<Observation> Observations { get; } = [];

    public List<Message> Messages { get; } = [];

    /// <summary>What was done to the day, for the truth file.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>A moment of the day, likelier when more happens.</summary>
    public static DateTimeOffset Moment(Dice dice)
    {
        var part = dice.Next();
        var hour = 0;
        while (hour < 23 && (part -= Rates.HourWeight(hour)) >= 0)
            hour++;
        var at = Start.AddHours(hour + dice.Next());
        return at < Opening ? Opening : at;
    }

    public TrueIncident Happen(string hazard, Point place, DateTimeOffset onset, double minutes, params string[] also)
    {
        var incident = new TrueIncident($"t{Incidents.Count + 1}", hazard, also, place, onset, onset.AddMinutes(minutes));
        Incidents.Add(incident);
        return incident;
    }

    /// <summary>A home's sensor goes off, and rests again if <paramref name="until"/> says so.</summary>
    public void Sound(Home home, Device device, string hazard, DateTimeOffset at, DateTimeOffset? until, TrueIncident? incident, bool alone = true)
    {
        var seen = Observe(new Observation($"{home.Gateway}/{device.Sense}", hazard, Witness.HomeSensor, alone, home.Place, at, incident));
        Send(home.Gateway!, at, home, device, active: true, seen);
        if (until is { } end)
            Send(home.Gateway!, end, home, device, active: false, null);
    }

    /// <summary>A sensor's own test: it sounds, and says so.</summary>
    public void Test(Home home, Device device, DateTimeOffset at)
    {
        Add(home.Gateway!, at, clock => HomeWire.State(home, device, active: true, clock, test: true));
        Add(home.Gateway!, at.AddSeconds(10), clock => HomeWire.State(home, device, active: false, clock));
    }

    /// <summary>A vehicle tells of an event (ETSI cause and sub-cause).</summary>
    /// <param name="vehicle">Its number, from 1.</param>
    public void Drive(int vehicle, string hazard, int cause, int subCause, Point place, DateTimeOffset at, TrueIncident? incident, bool alone = true)
    {
        var sequence = ++_sequence % 65_536;
        var seen = Observe(new Observation($"car-{vehicle}", hazard, Witness.Vehicle, alone, place, at, incident));
        Add($"car-{vehicle}", at, clock => RoadWire.Denm(vehicle, sequence, cause, subCause, place, clock), seen);
    }

    /// <summary>A resident tells the platform.</summary>
    public void Report(string kind, string hazard, Point place, DateTimeOffset at, TrueIncident? incident)
    {
        var reporter = $"r{++_reporter}";
        var seen = Observe(new Observation(reporter, hazard, Witness.Resident, true, place, at, incident));
        Messages.Add(new Message("people", at, _ => PeopleWire.Report(reporter, kind, seen: true, place), seen, Steady: true));
    }

    /// <summary>A resident says that there is nothing.</summary>
    public void Deny(string kind, Point place, DateTimeOffset at)
    {
        var reporter = $"r{++_reporter}";
        Messages.Add(new Message("people", at, _ => PeopleWire.Report(reporter, kind, seen: false, place), Steady: true));
    }

    /// <summary>Somebody posts. With a place it speaks for a hazard there; without one it says nothing that could be used.</summary>
    /// <returns>Account and key, to be reposted.</returns>
    public (string Account, string Key) Post(string text, DateTimeOffset at, string? hazard = null, Point? place = null, TrueIncident? incident = null)
    {
        var (account, key) = Name();
        var seen = hazard is null || place is not { } where ? null
            : Observe(new Observation(account, hazard, Witness.Post, false, where, at, incident));
        Add("posts", at, clock => PeopleWire.Post(account, key, text, clock), seen);
        return (account, key);
    }

    public void Repost((string Account, string Key) post, DateTimeOffset at)
    {
        var (account, key) = Name();
        Add("posts", at, clock => PeopleWire.Repost(account, key, post.Account, post.Key, clock));
    }

    public void Add(string channel, DateTimeOffset at, Func<DateTimeOffset, string> body, Observation? observation = null) =>
        Messages.Add(new Message(channel, at, body, observation));

    private void Send(string channel, DateTimeOffset at, Home home, Device device, bool active, Observation? seen)
    {
        var reference = ++_sequence;
        Add(channel, at, clock => device.Speech == Speech.Scaip ? HomeWire.Call(home, device, active, reference) : HomeWire.State(home, device, active, clock), seen);
    }

    private Observation Observe(Observation observation)
    {
        Observations.Add(observation);
        observation.Incident?.Observations.Add(observation);
        return observation;
    }

    private (string Account, string Key) Name()
    {
        var number = ++_account;
        var letters = new char[8];
        for (var (i, rest) = (7, number); i >= 0; i--, rest /= 26)
            letters[i] = (char)('a' + (rest % 26));
        var word = new string(letters);
        return ($"{word}{word}{word}", $"3m{word}23c");
    }
}
