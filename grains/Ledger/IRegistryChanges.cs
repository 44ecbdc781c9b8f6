namespace CivicSignals.Ledger;

/// <summary>What has changed of homes, whichever silo changed it.</summary>
public interface IRegistryChanges
{
    /// <summary>What has changed since an earlier call; some of it may be told again.</summary>
    /// <param name="mark">As the earlier call gave it; null: from now on.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="LedgerUnavailableException">The database cannot be read now.</exception>
    Task<RegistryChanges> SinceAsync(string? mark, CancellationToken cancellation);
}

/// <summary>Changes of homes.</summary>
/// <param name="Mark">Where the next call goes on.</param>
/// <param name="Homes">Those that are new or otherwise than before.</param>
/// <param name="Removed">Of those that are registered no more: the MD5 of the gateway's name, in lower-case hex.</param>
public sealed record RegistryChanges(string Mark, IReadOnlyList<RegisteredHome> Homes, IReadOnlyList<string> Removed);
