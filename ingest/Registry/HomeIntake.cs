using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>Decides, line by line, what of an import is new, and makes the secrets that are missing.</summary>
internal sealed class HomeIntake(Registry registry, DateTimeOffset now)
{
    private readonly HashSet<string> _gateways = [];
    private readonly HashSet<string> _premises = [.. registry.Gateways.Select(gateway => gateway.Home.Premises).OfType<string>()];

    /// <summary>What is to be registered.</summary>
    public List<RegisteredHome> Homes { get; } = [];

    public ImportLine Take((int Number, string Gateway, RegisteredHome? Home, string? Problem) line)
    {
        var (number, gateway, home, problem) = line;
        if (home is null)
            return new ImportLine(number, gateway, ImportResult.Refused, problem);
        if (!_gateways.Add(gateway))
            return new ImportLine(number, gateway, ImportResult.Refused, "the gateway is there twice");
        if (registry.Find(gateway) is not null)
            return new ImportLine(number, gateway, ImportResult.Left);
        if (registry.IsSender(gateway))
            return new ImportLine(number, gateway, ImportResult.Refused, "a vehicle or source has that name");
        if (home.Premises is { } id && !_premises.Add(id))
            return new ImportLine(number, gateway, ImportResult.Refused, "another home has that id");
        return Add(number, home);
    }

    private ImportLine Add(int number, RegisteredHome home)
    {
        var secret = home.Secret is null ? SecretHash.Generate() : null;
        var handOver = SecretHash.Generate();
        var isClaimed = home.Premises is not null;
        Homes.Add(home with
        {
            Secret = home.Secret ?? SecretHash.Of(secret!).ToString(),
            ResidentKey = isClaimed ? SecretHash.Of(handOver).ToString() : null,
            ClaimSecret = isClaimed ? null : SecretHash.Of(handOver).ToString(),
            RegisteredAt = now,
        });
        return isClaimed
            ? new ImportLine(number, home.Gateway, ImportResult.Added, MqttSecret: secret, ResidentKey: handOver)
            : new ImportLine(number, home.Gateway, ImportResult.AddedUnclaimed, MqttSecret: secret, ClaimSecret: handOver);
    }
}
