using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>Everything registered at one moment. Never changed once made: a change makes another.</summary>
internal sealed class RegistrySnapshot
{
    private readonly Dictionary<string, RegisteredGateway> _gateways;
    private readonly Dictionary<string, RegisteredGateway>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly Dictionary<string, RegisteredSource>.AlternateLookup<ReadOnlySpan<char>> _sources;
    private readonly RegistryContent _senders;

    private RegistrySnapshot(int version, Dictionary<string, RegisteredGateway> gateways, RegistryContent senders)
    {
        Version = version;
        _gateways = gateways;
        _byName = gateways.GetAlternateLookup<ReadOnlySpan<char>>();
        _sources = senders.Sources.ToDictionary(source => source.Id).GetAlternateLookup<ReadOnlySpan<char>>();
        _senders = senders;
    }

    public static RegistrySnapshot Nothing { get; } = new(0, [], RegistryContent.Nothing);

    public int Version { get; }

    public IReadOnlyCollection<RegisteredGateway> Gateways => _gateways.Values;

    public RegisteredGateway? Gateway(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var gateway) ? gateway : null;

    public RegisteredSource? Source(ReadOnlySpan<char> id) => _sources.TryGetValue(id, out var source) ? source : null;

    public bool IsSender(string name) => _senders.Names.Contains(name);

    public SecretHash? SecretOf(string user) =>
        _gateways.TryGetValue(user, out var gateway) ? gateway.Secret : _senders.Secrets.GetValueOrDefault(user);

    public RegistrySnapshot With(IReadOnlyList<RegisteredHome> homes)
    {
        var gateways = new Dictionary<string, RegisteredGateway>(_gateways);
        foreach (var home in homes)
            gateways[home.Gateway] = new RegisteredGateway(home, gateways.GetValueOrDefault(home.Gateway)?.Heard ?? new HearingMeter(home.HeardAt));
        return new(Version + 1, gateways, _senders);
    }

    public RegistrySnapshot Without(string gateway)
    {
        var gateways = new Dictionary<string, RegisteredGateway>(_gateways);
        gateways.Remove(gateway);
        return new(Version + 1, gateways, _senders);
    }

    public RegistrySnapshot WithSenders(RegistryContent senders) => new(Version + 1, _gateways, senders);
}

/// <summary>A gateway as ingest needs it.</summary>
internal sealed class RegisteredGateway(RegisteredHome home, HearingMeter heard)
{
    public RegisteredHome Home => home;

    public HearingMeter Heard => heard;

    /// <summary>Null while unclaimed.</summary>
    public Premises? Premises { get; } = home is { Premises: { } id, Place: { } place } ? new Premises(id, home.Gateway, place, home.Kind, home.Consents) : null;

    public SecretHash? Secret { get; } = home.Secret is { } secret ? SecretHash.Parse(secret) : null;
}
