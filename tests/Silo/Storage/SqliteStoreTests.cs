using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Silo.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;

    private string File => Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_EmptyFolder_MakesTheNewestSchema()
    {
        await using (SqliteStores.Open(_folder))
        {
        }

        using var connection = OpenRaw();
        Assert.Equal(Schema.Migrations[^1].Version, Schema.Version(connection));
    }

    [Fact]
    public async Task Open_FileOfOlderRelease_KeepsItsDataAndAddsWhatIsMissing()
    {
        using (var connection = OpenRaw())
        {
            Schema.Migrate(connection, [.. Schema.Migrations.Take(1)]);
            Execute(connection, "INSERT INTO area VALUES ('0313', 4, x'7b7d', NULL)");
        }

        await using var store = SqliteStores.Open(_folder);

        Assert.Equal(4, (await store.Ledger.LoadAsync("0313", CancellationToken.None))!.Version);
        await store.Users.SaveAsync(new User("ann", "hash", []), CancellationToken.None);
        Assert.True(await store.Users.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public void Open_FileOfNewerRelease_IsRefusedWithItsVersion()
    {
        using (var connection = OpenRaw())
            Execute(connection, "CREATE TABLE schema (version INTEGER NOT NULL); INSERT INTO schema VALUES (99)");

        var refusal = Assert.Throws<StartException>(() => SqliteStores.Open(_folder));

        Assert.Contains("schema version 99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_StepThatFails_LeavesTheVersionBefore()
    {
        using var connection = OpenRaw();
        var broken = new Migration(Schema.Migrations[^1].Version + 1, "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)");

        Assert.Throws<SqliteException>(() => Schema.Migrate(connection, [.. Schema.Migrations, broken]));

        Assert.Equal(Schema.Migrations[^1].Version, Schema.Version(connection));
        Assert.Throws<SqliteException>(() => Execute(connection, "SELECT * FROM half"));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefused()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));

        Assert.StartsWith("Data:Path:", Assert.Throws<StartException>(() => SqliteStores.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderInUse_IsRefused()
    {
        await using var store = SqliteStores.Open(_folder);

        Assert.Contains("in use", Assert.Throws<StartException>(() => SqliteStores.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Files_AreTheirOwnersOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes");
        await using var store = SqliteStores.Open(Path.Combine(_folder, "new"));
        await store.Ledger.CommitAsync(Commit("a", 0));

        Assert.All(
            Directory.GetFiles(Path.Combine(_folder, "new")),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
    }

    [Fact]
    public async Task DisposeAsync_Closed_LeavesNothingInTheWriteAheadLog()
    {
        await using (var store = SqliteStores.Open(_folder))
        {
            await store.Ledger.CommitAsync(Commit("a", 0));
            await store.Ledger.LoadAsync("a", CancellationToken.None);
        }

        Assert.False(System.IO.File.Exists(File + "-wal"));
    }

    [Fact]
    public async Task CommitAsync_DiskFull_FailsUntilThereIsSpaceAgain()
    {
        await using var store = SqliteStores.Open(_folder, maxMiB: 1);
        await store.Ledger.CommitAsync(Commit("kept", 0));
        await store.Gateways.RememberAsync("big", new byte[400_000], CancellationToken.None);
        var fill = Enumerable.Range(0, 4).Select(i => store.Gateways.RememberAsync($"big{i}", new byte[300_000], CancellationToken.None)).ToList();
        await Task.WhenAll(fill).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Contains(fill, task => task.Exception?.InnerException is LedgerUnavailableException);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.Ledger.CommitAsync(Commit("lost", 0, new byte[400_000])));
        Assert.Null(await store.Ledger.LoadAsync("lost", CancellationToken.None));

        using (var other = OpenRaw())
            Execute(other, "DELETE FROM gateway_memory");
        var result = await store.Ledger.CommitAsync(Commit("late", 0, new byte[400_000]));

        Assert.True(result.Committed);
        Assert.NotNull(await store.Ledger.LoadAsync("kept", CancellationToken.None));
    }

    [Fact]
    public async Task CommitAsync_LockHeldByAnotherProgram_IsUnavailableAndRecovers()
    {
        await using var store = SqliteStores.Open(_folder);
        using (var other = OpenRaw())
        {
            Execute(other, "BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.Ledger.CommitAsync(Commit("a", 0)));
            Execute(other, "ROLLBACK");
        }

        Assert.True((await store.Ledger.CommitAsync(Commit("a", 0))).Committed);
    }

    [Fact]
    public async Task ProbeAsync_NothingWrittenLately_WritesOnItsOwn()
    {
        var time = new FakeTimeProvider();
        await using var store = SqliteStores.Open(_folder, time: time);
        time.Advance(TimeSpan.FromMinutes(1));

        await store.ProbeAsync(CancellationToken.None);

        using var other = OpenRaw();
        using var command = other.CreateCommand();
        command.CommandText = "SELECT at FROM probe";
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), command.ExecuteScalar());
    }

    [Fact]
    public async Task ProbeAsync_FileAtItsBound_FailsUntilThereIsRoomAgain()
    {
        await using var store = SqliteStores.Open(_folder, maxMiB: 1);
        await store.Gateways.RememberAsync("big", new byte[400_000], CancellationToken.None);
        await store.ProbeAsync(CancellationToken.None);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.Ledger.CommitAsync(Commit("lost", 0, new byte[300_000])));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.ProbeAsync(CancellationToken.None));
        await store.Users.SaveAsync(new User("ann", "hash", []), CancellationToken.None); // A small change still fits.
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.ProbeAsync(CancellationToken.None));

        using (var other = OpenRaw())
            Execute(other, "DELETE FROM gateway_memory");

        await store.ProbeAsync(CancellationToken.None);
        Assert.True((await store.Ledger.CommitAsync(Commit("late", 0, new byte[300_000]))).Committed);
    }

    private static AreaCommit Commit(string area, long expected, byte[]? state = null) => new(area, expected, state ?? [1], null, []);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
