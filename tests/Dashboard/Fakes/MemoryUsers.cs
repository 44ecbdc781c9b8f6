using System.Collections.Concurrent;
using CivicSignals.Dashboard.Access;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Users in memory.</summary>
public sealed class MemoryUsers : IUserStore
{
    // Hashing is slow by design, and most tests sign nobody in.
    private static readonly ConcurrentDictionary<string, string> Hashes = new();
    private readonly ConcurrentDictionary<string, User> _users = new(StringComparer.OrdinalIgnoreCase);

    public MemoryUsers With(string name, string password, params string[] roles)
    {
        _users[name] = new User(name, Hashes.GetOrAdd(password, Passwords.Hash), roles);
        return this;
    }

    public Task<User?> FindAsync(string name, CancellationToken cancellation) => Task.FromResult(_users.GetValueOrDefault(name));

    public Task<bool> AnyAsync(CancellationToken cancellation) => Task.FromResult(!_users.IsEmpty);

    public Task SaveAsync(User user, CancellationToken cancellation)
    {
        _users[user.Name] = user;
        return Task.CompletedTask;
    }
}
