using CivicSignals.Ledger;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Access;

/// <summary>Hashes and checks passwords. A check takes the same time whether or not there is such a user.</summary>
public sealed class Passwords(IUserStore users)
{
    /// <summary>Longer ones are refused before they are hashed.</summary>
    public const int Longest = 1000;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private static readonly string NobodysHash = Hasher.HashPassword("", "a password that nobody has");

    /// <summary>As <see cref="User.PasswordHash"/> keeps it.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>The user, if the password is theirs.</summary>
    public async Task<User?> CheckAsync(string name, string password, CancellationToken cancellation)
    {
        var user = name.Length is > 0 and <= 100 ? await users.FindAsync(name, cancellation) : null;
        var result = Hasher.VerifyHashedPassword("", user?.PasswordHash ?? NobodysHash, password.Length <= Longest ? password : "");
        if (user is null || password.Length is 0 or > Longest || result == PasswordVerificationResult.Failed)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await users.SaveAsync(user with { PasswordHash = Hash(password) }, cancellation);
        return user;
    }
}
