using CivicSignals.Fusion;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>
/// Who may say what by MQTT: a home's gateway what homes sense, anybody else what homes sense and vehicles meet, and a source that an operator has
/// registered whatever it carries. So who holds a home's key or a vehicle's cannot be a second, independent witness to what he says with it.
/// </summary>
internal sealed class Remit(Registry registry, IKindCatalogue kinds)
{
    /// <summary>Whether the owner of a topic may say all of it. A kind that the model does not know says nothing.</summary>
    public bool Covers(ReadOnlySpan<char> topic, IReadOnlyList<Signal> signals)
    {
        for (var i = 0; i < signals.Count; i++)
        {
            if (kinds.FamilyOf(signals[i].Kind) is null or FusionModel.Home)
                continue;
            if (!TopicRules.Owner(topic, out var owner))
                return false;
            if (registry.Source(owner) is null && (kinds.FamilyOf(signals[i].Kind) != FusionModel.Vehicle || registry.Find(owner) is not null))
                return false;
        }

        return true;
    }
}
