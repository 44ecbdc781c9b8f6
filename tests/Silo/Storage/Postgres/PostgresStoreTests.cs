using System.Collections.Concurrent;
using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>The schema and its verb, the start, and what PostgreSQL takes otherwise than SQLite.</summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private readonly string _empty = $"empty_{Guid.NewGuid():N}";
    private PostgresServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        await _server.ExecuteAsync("postgres", $"CREATE DATABASE {_empty}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DropDatabaseAsync(_empty);
    }

    [Fact]
    public async Task Migrate_TwoAtOnce_OneMakesTheTablesAndTheOtherFindsThem()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(PostgresSchema.Migrations))));

        Assert.Equal([(0, PostgresSchema.Newest)], done.Where(one => one.Before == 0));
        Assert.Equal(3, done.Count(one => one == (PostgresSchema.Newest, PostgresSchema.Newest)));
        await using var silo = PostgresSilo.Open(_server.To(_empty));
        Assert.Equal(0, await silo.Store.Reader.HeadAsync(default));
    }

    [Fact]
    public async Task Migrate_DatabaseOfOlderRelease_KeepsItsDataAndAddsWhatIsMissing()
    {
        await MigrateAsync([.. PostgresSchema.Migrations.Take(1)]);
        await _server.ExecuteAsync(_empty, "INSERT INTO area (area, version, state) VALUES ('0313', 4, '{}')");
        var refusal = Assert.Throws<StartException>(() => PostgresSilo.Open(_server.To(_empty)));
        Assert.Contains("schema version 1, ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("migrate", refusal.Message, StringComparison.Ordinal);

        Assert.Equal((1, PostgresSchema.Newest), await MigrateAsync(PostgresSchema.Migrations));

        await using var silo = PostgresSilo.Open(_server.To(_empty));
        Assert.Equal(4, (await silo.Store.Ledger.LoadAsync("0313", default))!.Version);
    }

    [Fact]
    public async Task Migrate_StepThatFails_ChangesNothing()
    {
        var broken = new Migration(PostgresSchema.Newest + 1, "CREATE TABLE half (x int); INSERT INTO nowhere VALUES (1)");
        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync([.. PostgresSchema.Migrations, broken]));
        Assert.Equal(0L, await _server.ExecuteAsync(_empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Open_DatabaseOfNewerRelease_IsRefusedByStartAndMigration()
    {
        await MigrateAsync(PostgresSchema.Migrations);
        await _server.ExecuteAsync(_empty, "INSERT INTO schema_version (version) VALUES (99)");
        Assert.Contains("schema version 99", Assert.Throws<StartException>(() => PostgresSilo.Open(_server.To(_empty))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StartException>(() => MigrateAsync(PostgresSchema.Migrations));
    }

    [Fact]
    public async Task MigrateVerb_TwiceOnOneDatabase_SaysWhatItDid()
    {
        var printed = new StringWriter();
        string[] arguments = ["--Ledger:ConnectionString", _server.To(_empty)];
        Assert.Equal(0, await new MigrateVerb().RunAsync(arguments, printed));
        Assert.Equal(0, await new MigrateVerb().RunAsync(arguments, printed));
        Assert.Equal(
            $"{_empty} at 127.0.0.1: made the tables, schema version {PostgresSchema.Newest}\n{_empty} at 127.0.0.1: is up to date, schema version {PostgresSchema.Newest}\n",
            printed.ToString());
    }

    [Fact]
    public async Task MigrateVerb_NoConnectionString_IsRefused() =>
        Assert.StartsWith("Ledger:ConnectionString", (await Assert.ThrowsAsync<StartException>(() => new MigrateVerb().RunAsync([], new StringWriter()))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AwaitServer_ThatComesLater_IsThereWhenItReturns()
    {
        var port = PlatformProcess.FreePort();
        await using var source = PostgresSource.Create($"{_server.To(_empty)};Port={port}");
        var waits = new ConcurrentQueue<string>();
        var waiting = Task.Run(() => source.AwaitServer(Patience.Answer, TimeProvider.System, waits.Enqueue));
        await Patience.Until(() => Task.FromResult(!waits.IsEmpty), "it to wait");
        using var relay = new TcpRelay(_server.Port, port);
        await waiting.WaitAsync(Patience.Answer);

        await using var connection = source.OpenAtStart();
        Assert.Single(waits);
    }

    [Theory]
    [InlineData("Database=no_such_database")]
    [InlineData("Username=nobody-i-know")]
    public async Task AwaitServer_ThatRefuses_IsNotWaitedFor(string wrong)
    {
        await using var source = PostgresSource.Create($"{_server.To(_empty)};{wrong}");
        source.AwaitServer(Patience.Answer, TimeProvider.System, reason => Assert.Fail($"waits: {reason}"));
    }

    [Theory]
    [InlineData("Port=1")]
    [InlineData("Database=no_such_database")]
    [InlineData("Host=no-such-host.invalid")]
    public void Open_ServerThatDoesNotLetUsIn_IsOneLineThatNamesTheKeyAndNotThePassword(string wrong)
    {
        var refusal = Assert.Throws<StartException>(() => PostgresSilo.Open($"{_server.To(_empty)};{wrong}"));
        Assert.StartsWith("Ledger:ConnectionString: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task ProbeAsync_NothingWrittenLately_WritesOnItsOwn()
    {
        await MigrateAsync(PostgresSchema.Migrations);
        var time = new FakeTimeProvider();
        await using var silo = PostgresSilo.Open(_server.To(_empty), time);
        await silo.Store.ProbeAsync(default);
        Assert.Null(await _server.ExecuteAsync(_empty, "SELECT at FROM probe"));

        time.Advance(TimeSpan.FromMinutes(1));
        await silo.Store.ProbeAsync(default);

        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), await _server.ExecuteAsync(_empty, "SELECT at FROM probe"));
    }

    [Fact]
    public async Task ProbeAsync_CommitsThatFail_FailsUntilOneSucceedsOrNoneWasTriedForLong()
    {
        await MigrateAsync(PostgresSchema.Migrations);
        var time = new FakeTimeProvider();
        await using var silo = PostgresSilo.Open(_server.To(_empty), time);
        await _server.ExecuteAsync(_empty, "ALTER TABLE area RENAME TO away");
        await FailAsync();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.ProbeAsync(default));
        await _server.ExecuteAsync(_empty, "ALTER TABLE away RENAME TO area");
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.ProbeAsync(default));
        Assert.True((await silo.Store.Ledger.CommitAsync(new AreaCommit("a", 0, new byte[1], null, []))).Committed);
        await silo.Store.ProbeAsync(default);

        await _server.ExecuteAsync(_empty, "ALTER TABLE area RENAME TO away");
        await FailAsync();
        time.Advance(TimeSpan.FromMinutes(2));
        await silo.Store.ProbeAsync(default);

        Task FailAsync() => Assert.ThrowsAsync<LedgerUnavailableException>(() => silo.Store.Ledger.CommitAsync(new AreaCommit("b", 0, new byte[1], null, [])));
    }

    [Fact]
    public async Task SightAsync_NamesThatAreNoText_KeepNobodyElsesFromBeingWritten()
    {
        await MigrateAsync(PostgresSchema.Migrations);
        await using var silo = PostgresSilo.Open(_server.To(_empty));
        var homes = silo.Store.Homes;
        await homes.SaveAsync([new() { Gateway = "gw1", RegisteredAt = T0 }], T0);

        await homes.SightAsync([("gw1", Named("1", "a\0b")), ("gw1", Named("2", "a\uD83Db")), ("gw1", Named("3", "🔥"))], [], T0);

        Assert.Equal(["a\uFFFDb", "a\uFFFDb", "🔥"], (await homes.DevicesAsync("gw1", default)).Select(device => device.Sighting.Name));
    }

    private static DeviceSighting Named(string id, string name) => new(id, name, ["fire.smoke"], null, "zigbee2mqtt");

    private async Task<(int Before, int After)> MigrateAsync(IReadOnlyList<Migration> migrations)
    {
        await using var connection = await _server.OpenAsync(_empty);
        return PostgresSchema.Migrate(connection, migrations);
    }
}
