using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Pipeline;

/// <summary>
/// Who may say what by MQTT: a home's gateway what homes sense, anybody else what homes sense and vehicles meet. What people and officials say has
/// entrances of its own. So who holds one key cannot be a second, independent witness to what he says with it.
/// </summary>
internal sealed class Remit(Registry registry, IKindCatalogue kinds)
{
    private const string Home = "home", Vehicle = "vehicle";

    /// <summary>Whether the owner of a topic may say all of it. A kind that the model does not know says nothing.</summary>
    public bool Covers(ReadOnlySpan<char> topic, IReadOnlyList<Signal> signals)
    {
        for (var i = 0; i < signals.Count; i++)
        {
            if (kinds.FamilyOf(signals[i].Kind) is not (null or Home)
                && (kinds.FamilyOf(signals[i].Kind) != Vehicle || !TopicRules.Owner(topic, out var owner) || registry.Find(owner) is not null))
            {
                return false;
            }
        }

        return true;
    }
}
