using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Benchmarks.Load;

/// <summary>What is said in the <see cref="Quarter"/>, in batches as ingest makes them; seeded.</summary>
internal static class FoldScene
{
    private const int Signals = 16_384;
    private static readonly TimeSpan Step = TimeSpan.FromMicroseconds(10);

    /// <summary>The area with so many pieces of evidence for each of its 50 incidents, and contacts that stand open.</summary>
    public static AreaState Opened(AreaCore core, AreaState state, int evidence)
    {
        var from = Quarter.Start.AddMinutes(-1);
        state = core.Fold(Quarter.Area, state, [.. Enumerable.Range(0, Quarter.Contacts).Select(n => Quarter.Contact(n, from, sinceUnknown: true))], from).State;
        for (var n = 0; n < evidence; n++)
            state = core.Fold(Quarter.Area, state, [.. Enumerable.Range(0, Quarter.Places).Select(place => Quarter.At(place, n, from.AddMilliseconds(n)))], from.AddMilliseconds(n)).State;
        return state;
    }

    /// <summary>An area in which so many incidents have closed, one a minute: by turns a person finds a home's alarm false, and a vehicle takes its word back.</summary>
    public static AreaState Closed(AreaCore core, int incidents)
    {
        var state = AreaState.Empty;
        for (var n = 0; n < incidents; n++)
        {
            var at = Quarter.Start.AddMinutes(n - incidents - 60);
            var (place, source) = n % 2 == 0 ? (0, 1_000_000 + (4 * n)) : (1, 1_000_000 + (4 * n));
            state = core.Fold(Quarter.Area, state, [Quarter.At(place, source, at)], at).State;
            state = n % 2 == 0
                ? core.Act(Quarter.Area, state, new OperatorAction(state.Open[0].Id, ActionVerb.FalseAlarm, "u1"), at.AddSeconds(10)).Fold.State
                : core.Fold(Quarter.Area, state, [Quarter.At(place, source, at.AddSeconds(10), active: false)], at.AddSeconds(10)).State;
        }

        return state.Open.IsEmpty ? state : throw new InvalidOperationException("an incident is still open");
    }

    /// <summary>Every signal is a source that was not heard before, until incidents hold so many.</summary>
    public static IEnumerable<Signal[]> Joins(int size, int from, int to)
    {
        var random = new Random(1);
        var all = Enumerable.Range(from, to - from).SelectMany(n =>
        {
            var places = Enumerable.Range(0, Quarter.Places).ToArray();
            random.Shuffle(places);
            return places.Select(place => (place, n));
        });
        return Timed(all.Select<(int, int), Func<DateTimeOffset, Signal>>(one => at => Quarter.At(one.Item1, one.Item2, at)), size);
    }

    /// <summary>Gateways repeat what they have said: evidence and contacts alike.</summary>
    public static IEnumerable<Signal[]> Repeats(int size)
    {
        var random = new Random(2);
        return Timed(Enumerable.Range(0, Signals).Select(_ => Repeat(random)), size);
    }

    /// <summary>Alarms of homes that end, and begin again.</summary>
    public static IEnumerable<Signal[]> Edges(int size)
    {
        var edges = new Flapping(3);
        return Timed(Enumerable.Range(0, Signals).Select(_ => edges.Next()), size);
    }

    /// <summary>Contacts of homes open and close, which is evidence of nothing where no alarm sounds.</summary>
    public static IEnumerable<Signal[]> Contacts(int size)
    {
        var random = new Random(6);
        var closed = new HashSet<int>();
        return Timed(Enumerable.Range(0, Signals).Select<int, Func<DateTimeOffset, Signal>>(_ =>
        {
            var n = random.Next(Quarter.Contacts);
            var active = closed.Remove(n);
            if (!active)
                closed.Add(n);
            return at => Quarter.Contact(n, at) with { Active = active };
        }), size);
    }

    /// <summary>Of 1,000 signals 950 are repeats, as in the load of the throughput benchmark; 40 are homes' alarms that end or begin again, 10 are new sources.</summary>
    public static IEnumerable<Signal[]> Mix(int size)
    {
        var random = new Random(4);
        var edges = new Flapping(5);
        var joined = 0;
        return Timed(Enumerable.Range(0, Signals).Select(_ =>
        {
            var which = random.Next(1000);
            if (which < 950)
                return Repeat(random);
            if (which < 990)
                return edges.Next();
            var (place, n) = (joined % Quarter.Places, 4 + (joined / Quarter.Places));
            joined++;
            return at => Quarter.At(place, n, at);
        }), size);
    }

    private static Func<DateTimeOffset, Signal> Repeat(Random random)
    {
        var n = random.Next(Quarter.Contacts + (4 * Quarter.Places));
        return n < Quarter.Contacts
            ? at => Quarter.Contact(n, at)
            : at => Quarter.At((n - Quarter.Contacts) / 4, n % 4, at);
    }

    private static IEnumerable<Signal[]> Timed(IEnumerable<Func<DateTimeOffset, Signal>> signals, int size) =>
        signals.Select((signal, i) => Observed(signal(Quarter.Start + (i * Step)))).Chunk(size);

    /// <summary>In the order of arrival; one in four devices has a clock of its own, which is late.</summary>
    private static Signal Observed(Signal signal)
    {
        var device = signal.Source.Sum(letter => letter);
        return device % 4 != 0 ? signal : signal with { ObservedAt = signal.ObservedAt.AddMilliseconds(-(device * 37 % 500)) };
    }

    /// <summary>Homes' alarms in turn, each the opposite of what it said last.</summary>
    private sealed class Flapping(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly (int Place, int N)[] _homes = [.. from place in Enumerable.Range(0, Quarter.Places) from n in Enumerable.Range(0, 4) where Quarter.IsHome(place, n) select (place, n)];
        private readonly HashSet<(int, int)> _ended = [];

        public Func<DateTimeOffset, Signal> Next()
        {
            var (place, n) = _homes[_random.Next(_homes.Length)];
            var active = _ended.Remove((place, n));
            if (!active)
                _ended.Add((place, n));
            return at => Quarter.At(place, n, at, active);
        }
    }
}
