using System.Text;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Silo.Storage.Sqlite;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>Posts that their authors delete, looked for in the bytes of every file of the data folder.</summary>
public sealed class PostErasureTests : IAsyncLifetime
{
    private const string Secret = "burning-secret";
    private static readonly DateTimeOffset At = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("post-erasure-").FullName;
    private SqliteStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = SqliteStores.Open(_folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ForgetAsync_AmongMany_LeavesNoByteOfThem()
    {
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
            await _store.Posts.KeepAsync(Post($"{i}", random.Next(1, 90)));
        Assert.NotEqual(0, Found());

        foreach (var keys in Enumerable.Range(0, 400).Where(i => i % 4 != 0).Select(i => $"{i}").OrderBy(_ => random.Next()).Chunk(25))
            await _store.Posts.ForgetAsync(keys);
        var left = Enumerable.Range(0, 400).Where(i => i % 4 == 0).Select(i => $"{i}").ToList();
        Assert.Equal(left.Count, (await _store.Posts.FindAsync(left, default)).Count);
        await _store.Posts.ForgetAsync(left);

        Assert.Equal(0, Found());
    }

    [Fact]
    public async Task KeepAsync_EditedPost_LeavesNoByteOfWhatItSaidBefore()
    {
        await _store.Posts.KeepAsync(Post("1", 40));
        await _store.Posts.KeepAsync(Post("1", 1) with { Text = "short", Url = "" });
        Assert.Equal(0, Found());
    }

    [Fact]
    public async Task ForgetAsync_ManyAtOnceWhileOthersReadAndWrite_LeaveNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            await _store.Posts.KeepAsync(Post($"{i}", 10));
            await _store.Posts.RecentAsync(At, 100, default);
            await _store.Posts.ForgetAsync([$"{i}"]);
        })).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(0, Found());
        Assert.Empty(await _store.Posts.RecentAsync(At, 100, default));
    }

    private static KeptPost Post(string key, int words) => new(
        key, "posts/a", string.Join(' ', Enumerable.Repeat($"{Secret} é", words)), $"https://posts.example/{Secret}/{key}", At, "post.fire", new Place(53, -3, 150), null);

    private int Found()
    {
        var count = 0;
        foreach (var path in Directory.GetFiles(_folder).Where(path => Path.GetFileName(path) != "lock"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            count += bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0 ? 1 : 0;
        }

        return count;
    }
}
