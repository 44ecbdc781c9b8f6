using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>
/// Which gateways, vehicles and sources there are, where they stand and who may know: an immutable snapshot that is swapped on change, safe to read from
/// anywhere. Look-ups take spans of a topic and do not allocate.
/// </summary>
public sealed class Registry
{
    private readonly Lock _gate = new();
    private volatile RegistrySnapshot _now;

    internal Registry(RegistryContent content)
    {
        _now = RegistrySnapshot.Nothing.With(content.Homes).WithSenders(content);
    }

    /// <summary>A new one with nothing registered.</summary>
    public static Registry Empty => new(RegistryContent.Nothing);

    /// <summary>Changes whenever anything registered does: read it before what is to be remembered.</summary>
    public int Version => _now.Version;

    /// <summary>Reads a registry file (contract: <c>{"premises":[…],"vehicles":[…],"sources":[…]}</c>).</summary>
    /// <exception cref="FormatException">It is not one; the message says where.</exception>
    public static Registry Parse(ReadOnlyMemory<byte> json) => new(RegistryFile.Parse(json));

    /// <summary>The premises of a claimed gateway, or null.</summary>
    public Premises? Gateway(ReadOnlySpan<char> name) => _now.Gateway(name)?.Premises;

    /// <summary>A source of the platform's own JSON, or null.</summary>
    public RegisteredSource? Source(ReadOnlySpan<char> id) => _now.Source(id);

    /// <summary>Whether the name is registered with that secret. What is registered without a secret cannot sign in.</summary>
    public bool Admits(string user, ReadOnlySpan<byte> password) => _now.SecretOf(user) is { } secret && secret.Matches(password);

    /// <summary>A user's connections have to end: its credential did, or it has to begin anew. Raised after the change.</summary>
    internal event Action<string>? Ended;

    /// <summary>All gateways, in no order.</summary>
    internal IReadOnlyCollection<RegisteredGateway> Gateways => _now.Gateways;

    /// <summary>A gateway, claimed or not, or null.</summary>
    internal RegisteredGateway? Find(ReadOnlySpan<char> name) => _now.Gateway(name);

    /// <summary>Whether a vehicle or source, which no home may be named like, has the name.</summary>
    internal bool IsSender(string name) => _now.IsSender(name);

    /// <summary>Adds homes or replaces them; how often each was heard stays.</summary>
    internal void Put(params IReadOnlyList<RegisteredHome> homes)
    {
        lock (_gate)
            _now = _now.With(homes);
    }

    internal void Remove(string gateway)
    {
        lock (_gate)
            _now = _now.Without(gateway);
    }

    /// <summary>Replaces vehicles and sources.</summary>
    internal void PutSenders(RegistryContent content)
    {
        lock (_gate)
            _now = _now.WithSenders(content);
    }

    internal void End(string user) => Ended?.Invoke(user);
}
