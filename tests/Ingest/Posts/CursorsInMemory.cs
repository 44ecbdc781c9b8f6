using System.Collections.Concurrent;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Ingest.Posts;

/// <summary>How far streams have been read, outliving the streams.</summary>
internal sealed class CursorsInMemory : IPostStore
{
    private readonly ConcurrentDictionary<string, string> _cursors = new();

    /// <summary>What is done before a cursor is kept.</summary>
    public Action OnSave { get; set; } = () => { };

    public string? this[string stream] => _cursors.GetValueOrDefault(stream);

    public void Set(string stream, string cursor) => _cursors[stream] = cursor;

    public Task<string?> CursorAsync(string stream, CancellationToken cancellation) => Task.FromResult(this[stream]);

    public Task SaveCursorAsync(string stream, string cursor)
    {
        OnSave();
        Set(stream, cursor);
        return Task.CompletedTask;
    }

    public Task KeepAsync(KeptPost post) => throw new NotSupportedException();

    public Task<IReadOnlyList<KeptPost>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<KeptPost>> OfSourceAsync(string source, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<KeptPost>> RecentAsync(DateTimeOffset since, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ForgetAsync(IReadOnlyCollection<string> keys) => throw new NotSupportedException();

    public Task ForgetBeforeAsync(DateTimeOffset moment) => throw new NotSupportedException();
}
