using CivicSignals.Areas;
using CivicSignals.Homes;
using CivicSignals.Incidents;

namespace CivicSignals.Learning;

/// <summary>What an area learns while something is decided. Verdicts count once everything else is decided, in the order in which incidents ended.</summary>
internal sealed class Lessons(AreaCore core, string area, Learnt before, DateTimeOffset now)
{
    private readonly List<(Incident Incident, Verdict Verdict)> _verdicts = [];

    public SourceRecords Sources { get; } = new(core.Model, before.Sources, Milliseconds(now));

    public FalseCallRecords FalseCalls { get; } = new(core.FalseCalls, core.Model, area, before.FalseCalls, Milliseconds(now));

    /// <summary>What is known by now; the very same where nothing was learnt.</summary>
    public Learnt Learnt => Sources.All == before.Sources && FalseCalls.All == before.FalseCalls
        ? before
        : new Learnt { Sources = Sources.All, FalseCalls = FalseCalls.All };

    /// <summary>Notes how an incident ended.</summary>
    public void Note(Incident closed, bool byPerson)
    {
        if (Verdicts.Of(closed.Outcome, closed.Confirmation?.Rule, byPerson) is { } verdict)
            _verdicts.Add((closed, verdict));
    }

    /// <summary>Counts the verdicts.</summary>
    public void Conclude()
    {
        foreach (var (incident, verdict) in _verdicts)
        {
            Sources.Take(incident, verdict);
            if (verdict == Verdict.FalseAlarm)
                FalseCalls.Take(incident);
        }
    }

    /// <summary>Forgets a home.</summary>
    public void Forget(HomeRevision home)
    {
        Sources.Forget(home);
        FalseCalls.Forget(home);
    }

    // As the ledger keeps it: an area that was loaded must decide as one that was not.
    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
