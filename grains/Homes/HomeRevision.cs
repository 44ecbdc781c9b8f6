using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>What has changed about a home, for the areas that hold evidence of it.</summary>
/// <param name="Change">What.</param>
/// <param name="Gateway">Its gateway.</param>
/// <param name="Premises">Its premises.</param>
/// <param name="Consents">What it consents to now.</param>
[GenerateSerializer, Immutable, Alias("home-revision")]
public sealed record HomeRevision(
    [property: Id(0)] HomeChange Change,
    [property: Id(1)] string Gateway,
    [property: Id(2)] string Premises,
    [property: Id(3)] Consents Consents)
{
    /// <summary>What the names of sources that are residents begin with.</summary>
    public const string ReportsRoot = "reports/";

    /// <summary>Instead of a home, a resident who reported or answered: the pseudonym. Null: a home.</summary>
    [Id(4)] public string? Reporter { get; init; }

    /// <summary>A resident is to be forgotten who reported or answered.</summary>
    /// <param name="reporter">The pseudonym.</param>
    public static HomeRevision OfReporter(string reporter) => new(HomeChange.Erased, "", "", Consents.None) { Reporter = reporter };

    /// <summary>Whether what a source observed is the home's, or the reporter's.</summary>
    public bool Owns(string source, string? premises = null) => Reporter is not null
        ? source.StartsWith(ReportsRoot, StringComparison.Ordinal) && source.AsSpan(ReportsRoot.Length).SequenceEqual(Reporter)
        : premises == Premises || IsBelow(source, "homes/") || IsBelow(source, "signals/");

    private bool IsBelow(ReadOnlySpan<char> source, ReadOnlySpan<char> root)
    {
        if (!source.StartsWith(root) || !source[root.Length..].StartsWith(Gateway))
            return false;
        var rest = source[(root.Length + Gateway.Length)..];
        return rest.IsEmpty || rest[0] == '/';
    }
}

/// <summary>What may change about a home.</summary>
public enum HomeChange
{
    /// <summary>Its consents.</summary>
    Consents,

    /// <summary>It is elsewhere now: what its devices last said here is forgotten; the evidence stays.</summary>
    Moved,

    /// <summary>It is to be forgotten.</summary>
    Erased,
}
