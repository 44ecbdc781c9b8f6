using Npgsql;

namespace CivicSignals.Faults.Cluster;

/// <summary>A PostgreSQL server that syncs what it commits, in a folder of its own.</summary>
internal sealed class Database(string folder, string address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _disk = Path.Combine(folder, "disk");
    private readonly string _data = Path.Combine(folder, "disk", "postgres");
    private bool _mounted;
    private Child? _server;

    public int Port { get; } = Ports.Free();

    /// <summary>Makes the database and starts the server.</summary>
    /// <param name="disk">Size of a disk of its own, MiB; null: it shares the folder's.</param>
    public async Task CreateAsync(int? disk = null)
    {
        Directory.CreateDirectory(_disk);
        if (disk is { } size)
        {
            await Child.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}m,mode=755", "tmpfs", _disk);
            _mounted = true;
        }

        Directory.CreateDirectory(_data);
        if (Machine.IsRoot)
            await Child.RunAsync("chown", "postgres", _data);
        await Child.RunAsync(AsServer("initdb", "-D", _data, "-U", "civic", "--auth=trust", "--wal-segsize=1", "-E", "UTF8", "--locale=C"));
        await File.AppendAllTextAsync(Path.Combine(_data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\n");
        await StartAsync();
        await using var connection = await OpenAsync("postgres");
        await using var create = new NpgsqlCommand("CREATE DATABASE civic", connection);
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>Starts the server, again, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _server?.Dispose();
        _server = await Child.StartAsync(Path.Combine(folder, "postgres.log"), AsServer(
            "postgres", "-D", _data, "-p", $"{Port}", "-c", $"listen_addresses=127.0.0.1,{address}", "-c", "unix_socket_directories=", "-c", "fsync=on",
            "-c", "max_connections=200", "-c", "logging_collector=off", "-c", "restart_after_crash=on"));
        await Waiting.UntilAsync(IsUpAsync, "PostgreSQL to start", Patience);
    }

    /// <summary>SIGKILL of all its processes at once.</summary>
    public async Task KillAsync()
    {
        var id = _server!.Id;
        await Child.RunAsync("sh", "-c", $"kill -9 $(ps -o pid= --ppid {id}) {id} 2>/dev/null || true");
        await _server.KillAsync();
    }

    /// <summary>As <c>pg_ctl stop -m immediate</c>.</summary>
    public async Task StopAtOnceAsync()
    {
        await _server!.SignalAsync("QUIT");
        await _server.EndAsync(Patience);
    }

    /// <summary>Leaves no byte free on its own disk.</summary>
    public Task FillDiskAsync() => Child.RunAsync("sh", "-c", $"cat /dev/zero > {Ballast} 2>/dev/null || true");

    /// <summary>Undoes that, and starts the server if it has ended for it.</summary>
    public async Task FreeDiskAsync()
    {
        File.Delete(Ballast);
        if (_server!.HasExited)
            await StartAsync();
        await Waiting.UntilAsync(IsUpAsync, "PostgreSQL to answer", Patience);
    }

    /// <summary>A connection string, as the silos are given it.</summary>
    public string To(string host, int? port = null) => $"Host={host};Port={port ?? Port};Database=civic;Username=civic;Password=hush-hush";

    /// <summary>A connection of the checker's.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database = "civic")
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Database={database};Username=civic;Pooling=false;Timeout=5;Command Timeout=60");
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

    public void Dispose()
    {
        if (_server is { HasExited: false })
            KillAsync().Wait();
        _server?.Dispose();
        if (_mounted)
            Child.RunAsync("umount", _disk).Wait();
    }

    private string Ballast => Path.Combine(_disk, "ballast");

    /// <summary>PostgreSQL does not run as root.</summary>
    private static string[] AsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(Machine.Postgres!, program);
        return Machine.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", path, .. arguments] : [path, .. arguments];
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            await using var connection = await OpenAsync("postgres");
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }
}
