using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Signals;

namespace CivicSignals.Ledger;

/// <summary>
/// Homes as they are kept beside the ledger. What a task wrote is on disk when it completes. All members are thread-safe and throw
/// <see cref="LedgerUnavailableException"/> when the database cannot be read or written now.
/// </summary>
public interface IRegistryStore
{
    /// <summary>All homes, in no order.</summary>
    Task<IReadOnlyList<RegisteredHome>> HomesAsync(CancellationToken cancellation);

    /// <summary>The hash of the registry file that was imported last, or null.</summary>
    Task<string?> ImportedFileAsync(CancellationToken cancellation);

    /// <summary>Adds homes, or replaces what is kept of them, all or none; a change of consents goes to their history.</summary>
    /// <param name="homes">No two with one gateway or one premises.</param>
    /// <param name="at">When it was decided.</param>
    /// <param name="file">Hash of the registry file that they are of; null: of none.</param>
    Task SaveAsync(IReadOnlyList<RegisteredHome> homes, DateTimeOffset at, string? file = null);

    /// <summary>The devices of a home, by id.</summary>
    Task<IReadOnlyList<HomeDevice>> DevicesAsync(string gateway, CancellationToken cancellation);

    /// <summary>Keeps what gateways described, and when gateways were heard last. Rooms stay; of a home that is not there, or has enough devices, nothing is kept.</summary>
    Task SightAsync(IReadOnlyList<(string Gateway, DeviceSighting Device)> devices, IReadOnlyList<(string Gateway, DateTimeOffset At)> heard, DateTimeOffset at);

    /// <summary>Names a device's room. False: no such device.</summary>
    Task<bool> NameRoomAsync(string gateway, string device, string? room);

    /// <summary>Everything else that is held about a home.</summary>
    Task<HomeRecords> RecordsAsync(HomeRevision home, CancellationToken cancellation);

    /// <summary>Areas whose state may name the home.</summary>
    Task<IReadOnlyList<string>> AreasNamingAsync(HomeRevision home, CancellationToken cancellation);

    /// <summary>
    /// Takes the home out of everything but the areas' states, which their grains have rewritten before. When it returns, the bytes are gone
    /// from the database's files too.
    /// </summary>
    Task<(int Entries, int Incidents)> EraseAsync(HomeRevision home, CancellationToken cancellation);
}

/// <summary>A home as it is kept. Secrets are hashes.</summary>
public sealed record RegisteredHome
{
    public required string Gateway { get; init; }

    /// <summary>Null while unclaimed.</summary>
    public string? Premises { get; init; }

    /// <summary>Null while unclaimed.</summary>
    public Place? Place { get; init; }
    public string Kind { get; init; } = "dwelling";
    public Consents Consents { get; init; }

    /// <summary>Hash of the MQTT secret; null: it cannot sign in.</summary>
    public string? Secret { get; init; }

    /// <summary>Hash of the resident key; null: nobody can sign in.</summary>
    public string? ResidentKey { get; init; }

    /// <summary>Hash of the claim secret; null: it cannot be claimed.</summary>
    public string? ClaimSecret { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was heard last, as far as it was written down.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}

/// <summary>What is held about a home besides its registration.</summary>
/// <param name="Consents">Every change of its consents, oldest first.</param>
/// <param name="Descriptions">What its gateway described, by topic.</param>
/// <param name="Evidence">Ledger entries of its evidence, oldest first.</param>
/// <param name="Facts">What was and is so of its devices and gateway.</param>
/// <param name="Learnt">How often its devices were right, and its false calls.</param>
public sealed record HomeRecords(
    IReadOnlyList<(Consents Consents, DateTimeOffset At)> Consents,
    IReadOnlyList<(string Topic, ReadOnlyMemory<byte> Payload)> Descriptions,
    IReadOnlyList<LedgerEntry> Evidence,
    IReadOnlyList<HomeFact> Facts,
    Learnt Learnt)
{
    /// <summary>More changes of one home's consents are not kept: the oldest go first.</summary>
    public const int MostConsents = 500;
}
