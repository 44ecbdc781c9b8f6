using CivicSignals.Incidents;

namespace CivicSignals.Areas;

/// <summary>An incident's evidence as a set keyed by (source, kind), kept in the order of the keys.</summary>
internal static class EvidenceSet
{
    /// <summary>The incident with a piece of evidence, instead of what was there under its key.</summary>
    public static Incident With(this Incident incident, Evidence evidence)
    {
        var at = IndexOf(incident, new LatchKey(evidence.Source, evidence.Kind));
        if (at >= 0)
            return incident with { Evidence = incident.Evidence.SetItem(at, evidence) };
        var place = 0;
        while (place < incident.Evidence.Length && ComesBefore(incident.Evidence[place], evidence))
            place++;
        return incident with { Evidence = incident.Evidence.Insert(place, evidence) };
    }

    /// <summary>Where the evidence under a key is; -1: there is none.</summary>
    public static int IndexOf(this Incident incident, LatchKey key)
    {
        for (var i = 0; i < incident.Evidence.Length; i++)
        {
            if (incident.Evidence[i].Source == key.Source && incident.Evidence[i].Kind == key.Kind)
                return i;
        }

        return -1;
    }

    private static bool ComesBefore(Evidence a, Evidence b)
    {
        var bySource = string.CompareOrdinal(a.Source, b.Source);
        return bySource != 0 ? bySource < 0 : string.CompareOrdinal(a.Kind, b.Kind) < 0;
    }
}
