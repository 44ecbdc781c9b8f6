namespace CivicSignals.Ledger;

/// <summary>People who may sign in.</summary>
public interface IUserStore
{
    /// <summary>The user of that name (compared without case), or null.</summary>
    Task<User?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Whether there is any user at all.</summary>
    Task<bool> AnyAsync(CancellationToken cancellation);

    /// <summary>Adds or replaces a user.</summary>
    Task SaveAsync(User user, CancellationToken cancellation);
}

/// <summary>One person who may sign in.</summary>
/// <param name="Name">1..100 characters.</param>
/// <param name="PasswordHash">As ASP.NET Core's password hasher writes it (PBKDF2).</param>
/// <param name="Roles">Of <c>control-room</c> and <c>operator</c>.</param>
public sealed record User(string Name, string PasswordHash, IReadOnlyList<string> Roles);
