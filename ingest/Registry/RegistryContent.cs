using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>What a registry file says.</summary>
/// <param name="Homes">In the file's order. Their times of registration are the reader's to set.</param>
/// <param name="Names">Names of vehicles and sources.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Secrets">Secrets of vehicles and sources.</param>
internal sealed record RegistryContent(
    IReadOnlyList<RegisteredHome> Homes,
    IReadOnlySet<string> Names,
    IReadOnlyList<RegisteredSource> Sources,
    IReadOnlyDictionary<string, SecretHash> Secrets)
{
    public static RegistryContent Nothing { get; } = new([], new HashSet<string>(), [], new Dictionary<string, SecretHash>());
}

/// <summary>A registry in the file's format to use instead of the configured one; its secrets hold anew at each start. For a demonstration.</summary>
public sealed record RegistrySeed(ReadOnlyMemory<byte> Json);
