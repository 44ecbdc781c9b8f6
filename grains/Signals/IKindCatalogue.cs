namespace CivicSignals.Signals;

/// <summary>Which kinds of signal there are.</summary>
public interface IKindCatalogue
{
    /// <summary>Whether the platform knows what the kind says.</summary>
    bool Knows(string kind);
}
