using CivicSignals.Ledger;

namespace CivicSignals.Tests.Posts;

/// <summary>Posts in memory; fails on demand.</summary>
internal sealed class MemoryPosts : IPostStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeptPost> _posts = [];
    private readonly Dictionary<string, string> _cursors = [];

    /// <summary>Whether writes fail.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Everything that is kept.</summary>
    public IReadOnlyList<KeptPost> All
    {
        get
        {
            lock (_gate)
                return [.. _posts.Values];
        }
    }

    public Task<string?> CursorAsync(string stream, CancellationToken cancellation) => Task.FromResult(_cursors.GetValueOrDefault(stream));

    public Task SaveCursorAsync(string stream, string cursor) => Write(() => _cursors[stream] = cursor);

    public Task KeepAsync(KeptPost post) => Write(() => _posts[post.Key] = post);

    public Task<IReadOnlyList<KeptPost>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) => Read(post => keys.Contains(post.Key));

    public Task<IReadOnlyList<KeptPost>> OfSourceAsync(string source, CancellationToken cancellation) => Read(post => post.Source == source);

    public Task<IReadOnlyList<KeptPost>> RecentAsync(DateTimeOffset since, int limit, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<KeptPost>>([.. _posts.Values.Where(post => post.At >= since).OrderByDescending(post => post.At).Take(limit)]);
    }

    public Task ForgetAsync(IReadOnlyCollection<string> keys) => Write(() =>
    {
        foreach (var key in keys)
            _posts.Remove(key);
    });

    public Task ForgetBeforeAsync(DateTimeOffset moment) => ForgetAsync([.. All.Where(post => post.At < moment).Select(post => post.Key)]);

    private Task<IReadOnlyList<KeptPost>> Read(Func<KeptPost, bool> wanted)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<KeptPost>>([.. _posts.Values.Where(wanted)]);
    }

    private Task Write(Action change)
    {
        if (IsBroken)
            return Task.FromException(new LedgerUnavailableException("broken on purpose"));
        lock (_gate)
            change();
        return Task.CompletedTask;
    }
}
