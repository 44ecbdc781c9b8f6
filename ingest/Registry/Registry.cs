using System.Collections.Frozen;

namespace CivicSignals.Ingest.Registration;

/// <summary>
/// Which gateways, vehicles and sources there are, where they stand and who may know: an immutable snapshot, safe to read from anywhere.
/// Look-ups take spans of a topic and do not allocate.
/// </summary>
public sealed class Registry
{
    private readonly FrozenDictionary<string, Premises>.AlternateLookup<ReadOnlySpan<char>> _gateways;
    private readonly FrozenDictionary<string, RegisteredSource>.AlternateLookup<ReadOnlySpan<char>> _sources;
    private readonly FrozenDictionary<string, SecretHash> _secrets;

    internal Registry(
        IEnumerable<Premises> premises,
        IReadOnlyList<string> vehicles,
        IEnumerable<RegisteredSource> sources,
        IReadOnlyDictionary<string, SecretHash> secrets)
    {
        Premises = [.. premises];
        Vehicles = vehicles;
        Sources = [.. sources];
        _gateways = Premises.ToFrozenDictionary(home => home.Gateway).GetAlternateLookup<ReadOnlySpan<char>>();
        _sources = Sources.ToFrozenDictionary(source => source.Id).GetAlternateLookup<ReadOnlySpan<char>>();
        _secrets = secrets.ToFrozenDictionary();
    }

    /// <summary>Nothing registered.</summary>
    public static Registry Empty { get; } = new([], [], [], new Dictionary<string, SecretHash>());

    /// <summary>Changes whenever anything registered does.</summary>
    public int Version { get; } = 1;

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<Premises> Premises { get; }

    /// <summary>Ids, in the file's order.</summary>
    public IReadOnlyList<string> Vehicles { get; }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<RegisteredSource> Sources { get; }

    /// <summary>Reads a registry file (contract: <c>{"premises":[…],"vehicles":[…],"sources":[…]}</c>).</summary>
    /// <exception cref="FormatException">It is not one; the message says where.</exception>
    public static Registry Parse(ReadOnlyMemory<byte> json) => RegistryFile.Parse(json);

    /// <summary>The premises of a gateway, or null.</summary>
    public Premises? Gateway(ReadOnlySpan<char> name) => _gateways.TryGetValue(name, out var home) ? home : null;

    /// <summary>A source of the platform's own JSON, or null.</summary>
    public RegisteredSource? Source(ReadOnlySpan<char> id) => _sources.TryGetValue(id, out var source) ? source : null;

    /// <summary>Whether the name is registered with that secret. What is registered without a secret cannot sign in.</summary>
    public bool Admits(string user, ReadOnlySpan<byte> password) =>
        _secrets.TryGetValue(user, out var secret) && secret.Matches(password);
}
