using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>
/// Who lives where, with which gateway, devices and consents: what pages and API do with it. Every change is on disk when its task completes, and acts
/// at once: on the next message, on open connections and on open incidents. Gateways are named exactly; null or false means that there is no such home.
/// Whether the caller may is the caller's matter. All members are thread-safe.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">Any member: the database cannot be read or written now; nothing was promised.</exception>
public interface IHomes
{
    /// <summary>Registers a home under a new gateway name.</summary>
    /// <exception cref="ArgumentException">The draft has a <see cref="HomeDraft.Problem"/>.</exception>
    Task<NewHome> SignUpAsync(HomeDraft draft, CancellationToken cancellation);

    /// <summary>Makes an unclaimed gateway a home. Null: no such gateway, claimed already, or another claim secret; which of them is not told.</summary>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="claimSecret">As the import that made it known printed it; good once.</param>
    /// <param name="draft">The home.</param>
    /// <param name="cancellation">Gives up waiting, not the change.</param>
    /// <exception cref="ArgumentException">The draft has a <see cref="HomeDraft.Problem"/>.</exception>
    Task<NewHome?> ClaimAsync(string gateway, string claimSecret, HomeDraft draft, CancellationToken cancellation);

    /// <summary>The home whose resident key that is, or null. Takes as long for a name that is not there.</summary>
    Task<Home?> SignInAsync(string gateway, string residentKey, CancellationToken cancellation);

    /// <summary>One home, claimed or not, or null.</summary>
    Task<Home?> FindAsync(string gateway, CancellationToken cancellation);

    /// <summary>Homes and unclaimed gateways, for the operator. Their devices are not listed: see <see cref="FindAsync"/>.</summary>
    Task<IReadOnlyList<Home>> ListAsync(HomeQuery query, CancellationToken cancellation);

    /// <summary>Names that were heard and are not registered, the last heard first; at most 200.</summary>
    IReadOnlyList<Stranger> Strangers();

    /// <summary>
    /// Sets for which purposes what is observed there may be used. Evidence of open incidents is judged by it at once: an audience that may no longer know
    /// is sent a last version of what it was told, and nothing after. The home as it stands then; null also for an unclaimed gateway.
    /// </summary>
    Task<Home?> ConsentAsync(string gateway, Consents consents, CancellationToken cancellation);

    /// <summary>Moves a home: what is observed from now on is observed there. Null also for an unclaimed gateway.</summary>
    /// <exception cref="ArgumentException">The place is not valid.</exception>
    Task<Home?> MoveAsync(string gateway, Place place, CancellationToken cancellation);

    /// <summary>Says which room a device is in; null or blank: none. False: no such device.</summary>
    /// <exception cref="ArgumentException">The room is longer than <see cref="HomeDevice.LongestRoom"/>.</exception>
    Task<bool> NameRoomAsync(string gateway, string device, string? room, CancellationToken cancellation);

    /// <summary>
    /// A new secret in place of the old one, which ends at once: with it open MQTT connections, or sessions of its people. A revoked gateway may connect
    /// again with its new secret. Shown this once; null: no such home.
    /// </summary>
    Task<string?> RotateAsync(string gateway, HomeCredential credential, CancellationToken cancellation);

    /// <summary>Ends the gateway's MQTT credential: open connections are closed, new ones refused, until it is rotated.</summary>
    Task<bool> RevokeAsync(string gateway, CancellationToken cancellation);

    /// <summary>Registers what is new in a list; what is known already is left as people set it.</summary>
    /// <param name="bytes">UTF-8, at most <see cref="ImportReport.MostBytes"/>.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="cancellation">Gives up waiting, not the change.</param>
    Task<ImportReport> ImportAsync(ReadOnlyMemory<byte> bytes, ImportFormat format, CancellationToken cancellation);

    /// <summary>Everything that is held about one home, as a JSON object: registration, consents with their history, devices, what its gateway described, and its evidence in the ledger. No secret and nothing of others.</summary>
    Task<ReadOnlyMemory<byte>?> ExportAsync(string gateway, CancellationToken cancellation);

    /// <summary>
    /// Forgets a home. When it returns, nothing in the database or its files names it or tells its exact place; incidents and counts stay, with the word
    /// <c>erased</c> in its place. After a failure part of it may be done: do it again.
    /// </summary>
    Task<ErasureReport?> EraseAsync(string gateway, CancellationToken cancellation);
}
