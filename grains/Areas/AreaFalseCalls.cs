using CivicSignals.Learning;

namespace CivicSignals.Areas;

/// <summary>What time and people do to premises' false calls, and to the open incidents that are kept back because of them.</summary>
internal sealed class AreaFalseCalls(AreaDraft draft)
{
    private readonly FalseCallRecords _records = draft.Lessons.FalseCalls;

    public void Lapse()
    {
        _records.Lapse();
        JudgeAgain();
    }

    /// <returns>False: the response is not withdrawn.</returns>
    public bool Restore(FalseCallRestoration restoration)
    {
        var done = _records.Restore(restoration);
        JudgeAgain();
        return done;
    }

    /// <summary>What is not kept back any more is told to whom it concerns.</summary>
    private void JudgeAgain()
    {
        draft.Durable |= _records.Changed.Count > 0;
        foreach (var incident in draft.Open.Where(_records.Concerns).ToList())
            draft.Replace(incident);
    }
}
