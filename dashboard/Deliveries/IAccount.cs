namespace CivicSignals.Dashboard.Deliveries;

/// <summary>An account on a public network. Used by one caller at a time; failures are answers, not exceptions.</summary>
internal interface IAccount
{
    /// <summary>How the account is known in the store, in metrics and to operators; holds no secret.</summary>
    string Target { get; }

    /// <summary>How long until the network's limits allow whatever comes next; zero: now.</summary>
    TimeSpan Wait { get; }

    /// <summary>Sees whether the account may be used; to be done before all else, and after a refusal.</summary>
    Task<Answer> SignInAsync(CancellationToken cancellation);

    /// <summary>Looks for a post whose posting was tried: done when it is there, gone when not.</summary>
    /// <param name="post">Any version of it.</param>
    /// <param name="number">Which try of the alert: 1 or 2.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Answer> FindAsync(Post post, int number, CancellationToken cancellation);

    /// <summary>Posts. The same post with the same number is posted once, however often it is asked for, within the hour.</summary>
    Task<Answer> PostAsync(Post post, int number, CancellationToken cancellation);

    /// <summary>Replaces what stands there by a later version. The same version again changes nothing.</summary>
    Task<Answer> EditAsync(string remote, Post post, CancellationToken cancellation);
}
