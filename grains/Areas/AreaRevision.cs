using CivicSignals.Homes;

namespace CivicSignals.Areas;

/// <summary>Judges what is held of a home by what has changed about it.</summary>
internal sealed class AreaRevision(AreaDraft draft)
{
    public void Revise(HomeRevision home)
    {
        var erasure = new Erasure(home);
        foreach (var incident in draft.Open.ToList())
        {
            var revised = home.Change switch
            {
                HomeChange.Consents => incident with { Evidence = [.. incident.Evidence.Select(e => home.Owns(e.Source, e.Premises) ? e with { Consents = home.Consents } : e)] },
                HomeChange.Erased => erasure.Of(incident),
                _ => incident,
            };
            if (!revised.Evidence.SequenceEqual(incident.Evidence))
                draft.Replace(revised);
        }

        if (home.Change == HomeChange.Consents)
            return;
        draft.Waiting.Remove(home);
        draft.Durable = home.Change == HomeChange.Erased; // Also where only the ledger still names it: latches may have gone softly.
        if (home.Change == HomeChange.Erased)
            draft.Lessons.Forget(home);
        foreach (var latch in draft.Latches.All.Where(latch => home.Owns(latch.Source)).ToList())
            draft.Durable |= draft.Latches.Remove(latch.Key);
    }
}
