namespace CivicSignals.Ingest.Posts;

/// <summary>Keeps the order of what happens to one post, while posts pass one another. Thread-safe.</summary>
internal sealed class PostLanes
{
    private const int Count = 64;

    private readonly Lock _gate = new();
    private readonly Task[] _last = [.. Enumerable.Repeat(Task.CompletedTask, Count)];

    /// <summary>Runs work after all that was begun before for the same post.</summary>
    /// <param name="post">The post's id.</param>
    /// <param name="work">What to do.</param>
    public Task<T> RunAsync<T>(string post, Func<Task<T>> work)
    {
        var lane = (int)(WordHash.OfLetters(post) % Count);
        lock (_gate)
        {
            var running = AfterAsync(_last[lane], work);
            _last[lane] = running;
            return running;
        }
    }

    /// <summary>Runs work after all that was begun before, and before all that comes.</summary>
    public Task<T> RunAloneAsync<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            var running = AfterAsync(Task.WhenAll(_last), work);
            Array.Fill(_last, running);
            return running;
        }
    }

    private static async Task<T> AfterAsync<T>(Task before, Func<Task<T>> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return await work();
    }
}
