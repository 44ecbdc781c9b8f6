namespace CivicSignals.Signals;

/// <summary>Which kinds the fusion model can weigh.</summary>
public interface IKindCatalogue
{
    /// <summary>Whether the model has a weight for the kind, such as <c>fire.smoke</c>.</summary>
    bool Knows(string kind);

    /// <summary>The family of sources that says the kind; null: not known here.</summary>
    string? FamilyOf(string kind) => null;

    /// <summary>Whether what belongs to no incident yet waits for one. Then every area that its place touches must hear it: any may open one.</summary>
    bool Waits(string kind) => false;
}
