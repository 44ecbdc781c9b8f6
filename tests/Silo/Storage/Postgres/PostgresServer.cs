using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CivicSignals.Silo.Storage.Postgres;
using CivicSignals.Tests.Integration;
using Npgsql;

namespace CivicSignals.Tests.Silo.Storage.Postgres;

/// <summary>A PostgreSQL server of the tests' own, on a free port and in a folder that go with the process that started it.</summary>
internal sealed class PostgresServer : IDisposable
{
    // The server ends with its shell, and the shell when its input ends: with the test process, however that ends. A folder that is done with is removed.
    private const string Keeper = """
        folder=$1; shift
        "$@" & pid=$!
        while read word; do
          case $word in
            kill) kill -9 $pid; wait $pid;;
            stop) kill -QUIT $pid; wait $pid;;
            start) "$@" & pid=$!;;
          esac
        done
        kill -QUIT $pid; wait $pid; rm -rf "$folder"
        """;

    private static readonly Lazy<Task<PostgresServer>> Common = new(StartSharedAsync);
    private readonly string _folder;
    private readonly Process _keeper;

    private PostgresServer(string folder, int port, Process keeper) => (_folder, Port, _keeper) = (folder, port, keeper);

    /// <summary>Where its database files are.</summary>
    public string Data => Path.Combine(_folder, "data");

    public int Port { get; }

    private static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        : null;

    /// <summary>The one that all tests share, with a migrated database to copy; skips the test where there is none.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        SkipWhereAbsent();
        return Common.Value;
    }

    /// <summary>One that a test has for itself, to be killed.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        SkipWhereAbsent();
        var folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root")
            await RunAsync("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        await RunAsync(AsServer(Path.Combine(Binaries!, "initdb"), "-D", data, "-U", "civic", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"));
        string[] server =
        [
            Path.Combine(Binaries!, "postgres"), "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "fsync=off", "-c", "max_connections=300", "-c", "logging_collector=off", "-c", "log_min_messages=fatal",
        ];
        var keeper = Start(AsServer("/bin/sh", ["-c", Keeper, "keeper", folder, .. server]), quiet: true);
        var started = new PostgresServer(folder, port, keeper);
        await started.AnswersAsync();
        return started;
    }

    /// <summary>A connection string to one of its databases, with patience for the slowest machine.</summary>
    public string To(string database) => $"{HastyTo(database)};Timeout=90;Command Timeout=90";

    /// <summary>As <see cref="To"/>, with the platform's own time-outs of commands.</summary>
    public string HastyTo(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=civic;Password=hush-hush;Timeout=20";

    /// <summary>A fresh, migrated database.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"ledger_{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE migrated");
        return name;
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Makes the database that others are copied from.</summary>
    public async Task MakeTemplateAsync()
    {
        await ExecuteAsync("postgres", "CREATE DATABASE migrated");
        await using var connection = await OpenAsync("migrated");
        PostgresSchema.Migrate(connection, PostgresSchema.Migrations);
    }

    /// <summary>As the runbook has it: a dump of a database that is in use.</summary>
    public Task DumpAsync(string database, string file) => RunAsync([.. Client("pg_dump"), "-Fc", "-d", database, "-f", file]);

    /// <summary>As the runbook has it: a dump into a new, empty database.</summary>
    public async Task RestoreAsync(string database, string file)
    {
        await RunAsync([.. Client("createdb"), database]);
        await RunAsync([.. Client("pg_restore"), "-d", database, file]);
    }

    /// <summary>Runs SQL beside the pools.</summary>
    public async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection beside the pools.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection($"{To(database)};Pooling=false");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => TellAsync("kill");

    /// <summary>An immediate stop: as pg_ctl stop -m immediate.</summary>
    public Task StopAtOnceAsync() => TellAsync("stop");

    /// <summary>Starts it again.</summary>
    public async Task StartAgainAsync()
    {
        // Until what was killed with it has ended, it does not start.
        await Patience.Until(
            async () =>
            {
                await TellAsync("start");
                return await IsUpAsync(TimeSpan.FromSeconds(2));
            },
            "PostgreSQL to start again");
    }

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    private static void SkipWhereAbsent()
    {
        Assert.SkipWhen(Binaries is null, "no PostgreSQL in /usr/lib/postgresql");
        Assert.SkipWhen(Environment.UserName == "root" && !File.Exists("/usr/bin/setpriv"), "PostgreSQL does not run as root, and there is no setpriv");
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync();
        await server.MakeTemplateAsync();
        return server;
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private static string[] AsServer(string program, params string[] arguments) => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments]
        : [program, .. arguments];

    private string[] Client(string program) => [Path.Combine(Binaries!, program), "-h", "127.0.0.1", "-p", $"{Port}", "-U", "civic", "-w"];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command, quiet: false);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command[0]}: {await output} {await errors}");
    }

    private static Process Start(string[] command, bool quiet)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        if (quiet)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task TellAsync(string word)
    {
        await _keeper.StandardInput.WriteLineAsync(word);
        await _keeper.StandardInput.FlushAsync();
        if (word != "start")
            await Patience.Until(async () => !await IsUpAsync(TimeSpan.Zero), $"PostgreSQL to {word}");
    }

    private Task AnswersAsync() => Patience.Until(() => IsUpAsync(TimeSpan.Zero), "PostgreSQL to start", Patience.Start);

    private async Task<bool> IsUpAsync(TimeSpan within)
    {
        var started = Stopwatch.StartNew();
        do
        {
            try
            {
                await using var connection = await OpenAsync("postgres");
                return true;
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
            {
                await Task.Delay(20);
            }
        }
        while (started.Elapsed < within);
        return false;
    }
}
