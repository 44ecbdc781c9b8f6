using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads back, before the first post, what a new one may repeat. What is in memory already stays as it is.</summary>
internal sealed class PostRecall(IPostStore store, PostMemory memory, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var recent = await store.RecentAsync(time.GetUtcNow() - PostMemory.Span, PostMemory.MostPosts, cancellation);
        foreach (var post in recent.Reverse())
            memory.Recall(post.Key, post.Group, PostText.Of(post.Text), post.Kind, post.Place, post.At);
    }
}
