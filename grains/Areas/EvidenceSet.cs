using System.Collections.Immutable;
using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>An incident's evidence as the set that it is: one per source and kind, in that order.</summary>
internal static class EvidenceSet
{
    /// <summary>Where a source's word stands; negative: nowhere.</summary>
    public static int IndexOf(this ImmutableArray<Evidence> evidence, LatchKey key)
    {
        for (var i = 0; i < evidence.Length; i++)
        {
            if (evidence[i].Source == key.Source && evidence[i].Kind == key.Kind)
                return i;
        }

        return -1;
    }

    /// <summary>With a source's word, instead of what it said before.</summary>
    public static ImmutableArray<Evidence> With(this ImmutableArray<Evidence> evidence, Evidence said)
    {
        var at = evidence.IndexOf(new LatchKey(said.Source, said.Kind));
        if (at >= 0)
            return evidence.SetItem(at, said);
        var place = 0;
        while (place < evidence.Length && ComesBefore(evidence[place], said))
            place++;
        return evidence.Insert(place, said);
    }

    private static bool ComesBefore(Evidence a, Evidence b)
    {
        var bySource = string.CompareOrdinal(a.Source, b.Source);
        return bySource != 0 ? bySource < 0 : string.CompareOrdinal(a.Kind, b.Kind) < 0;
    }
}
