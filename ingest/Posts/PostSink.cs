using CivicSignals.Ingest.Pipeline;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Posts;

/// <summary>As <see cref="PostIntake.AcceptAsync"/>.</summary>
internal delegate ValueTask<MessageOutcome> AcceptPost(string via, in PostReading reading, int bytes, DateTimeOffset receivedAt);

/// <summary>
/// Where one stream's frames go, one after the other, so that its cursor is always what is settled. A cursor that was saved never stands before
/// anything that is not on disk. Frames that say nothing of a place settle at once, and nearly all are such. Not thread-safe.
/// </summary>
internal sealed class PostSink(
    string stream, string network, AcceptPost accept, Func<CancellationToken, Task> recall, SignalPipeline pipeline, IPostStore store, TimeProvider time, IngestMetrics metrics)
{
    private const int Remembered = 64 * 1024; // several minutes of all of Bluesky, which rewinds by seconds
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly RecentKeys _recent = new(Remembered);
    private string? _saved;
    private long _savedAt;

    /// <summary>How far everything is settled; null: nothing was ever read.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Reads where the last run stopped, here or on another machine, and what posts since may repeat.</summary>
    public async Task RecallAsync(CancellationToken cancellation)
    {
        await recall(cancellation);
        Cursor = _saved = await store.CursorAsync(stream, cancellation);
    }

    /// <summary>Takes one frame. When the task completes, it is settled: all that it changed is on disk.</summary>
    /// <param name="reading">What it says.</param>
    /// <param name="key">The same for what is said twice; 0: nothing that could be doubled.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="cursor">Where the stream stands after it; null: where it stood.</param>
    /// <exception cref="StreamEndedException">It could not be taken now: the stream must not go on, and come back to it.</exception>
    public async ValueTask TakeAsync(PostReading reading, UInt128 key, int bytes, string? cursor)
    {
        await pipeline.Backlog.WaitForRoomAsync();
        metrics.Frame(stream);
        if (key != 0 && _recent.Contains(key))
        {
            pipeline.Repeat();
        }
        else
        {
            var outcome = await accept(network, reading, bytes, time.GetUtcNow());
            if (outcome.Status == MessageStatus.Failed)
                throw new StreamEndedException($"a frame could not be settled: {outcome.Reason}");
            if (key != 0)
                _recent.Add(key);
        }

        Cursor = cursor ?? Cursor;
        if (time.GetElapsedTime(_savedAt) >= SaveEvery)
            await SaveAsync();
    }

    /// <summary>Counts a frame that was not read to its end.</summary>
    public ValueTask RejectAsync(string reason, string detail, int bytes) => TakeAsync(PostReading.Reject(reason, detail), 0, bytes, null);

    /// <summary>Notes how long ago the network saw what is read now.</summary>
    public void Lag(DateTimeOffset seen) => metrics.Lag(stream, time.GetUtcNow() - seen);

    /// <summary>Keeps the cursor, if it moved.</summary>
    public async Task SaveAsync()
    {
        _savedAt = time.GetTimestamp();
        if (Cursor is not { } cursor || cursor == _saved)
            return;
        await store.SaveCursorAsync(stream, cursor);
        _saved = cursor;
    }
}
