namespace CivicSignals.Dashboard.Access;

/// <summary>Slows the guessing of passwords: so many tries per account and per address in a window. Bounded in memory, per silo.</summary>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Tries at one account in a window.</summary>
    public const int PerAccount = 10;

    /// <summary>Tries from one address in a window.</summary>
    public const int PerAddress = 50;

    /// <summary>How long tries count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostKeys = 20_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, int Tries)> _tries = [];

    /// <summary>Counts a try before the password is looked at, so that tries at the same time count too. Null: go on; else how long to wait.</summary>
    public TimeSpan? Try(string account, string address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var byAddress = Count(now, "address " + address, PerAddress);
            var byAccount = Count(now, Key(account), PerAccount);
            return byAddress > byAccount || byAccount is null ? byAddress : byAccount;
        }
    }

    /// <summary>The password was right: the account's tries are forgotten.</summary>
    public void Succeeded(string account)
    {
        lock (_gate)
            _tries.Remove(Key(account));
    }

    private TimeSpan? Count(DateTimeOffset now, string key, int most)
    {
        if (!_tries.TryGetValue(key, out var tries) || tries.Until <= now)
        {
            MakeRoom(now);
            tries = (now + Window, 0);
        }

        _tries[key] = tries with { Tries = Math.Min(tries.Tries + 1, most + 1) };
        return tries.Tries < most ? null : tries.Until - now;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_tries.Count < MostKeys)
            return;
        foreach (var key in _tries.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
            _tries.Remove(key);
        if (_tries.Count < MostKeys)
            return;
        foreach (var key in _tries.OrderBy(pair => pair.Value.Tries).ThenBy(pair => pair.Value.Until).Take(MostKeys / 10).Select(pair => pair.Key).ToList())
            _tries.Remove(key);
    }

    // Names are compared without case; a long name is no other account for its tail.
    private static string Key(string account) => "account " + account[..Math.Min(account.Length, 100)].ToUpperInvariant();
}
