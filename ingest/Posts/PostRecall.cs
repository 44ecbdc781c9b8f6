using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads back, before the first post, what a new one may repeat.</summary>
internal sealed class PostRecall(IPostStore store, PostMemory memory, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var recent = await store.RecentAsync(time.GetUtcNow() - PostMemory.Span, PostMemory.MostPosts, cancellationToken);
        foreach (var post in recent.Reverse())
            memory.Recall(post.Key, post.Group, PostText.Of(post.Text), post.Kind, post.Place, post.At);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
