using System.Diagnostics;
using MQTTnet;
using MQTTnet.Formatter;

namespace CivicSignals.Tests.Integration;

/// <summary>A real Mosquitto between the homes and the platform, set up as docs/broker.md says; skips its test where there is none.</summary>
internal sealed class TownBroker : IAsyncDisposable
{
    public const string User = "civic-signals";
    public const string Password = "platform password";

    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin", "/opt/homebrew/bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("civic-broker-").FullName;
    private readonly BrokerLog _log = new();
    private Process? _process;

    private TownBroker()
    {
    }

    public int Port { get; } = PlatformProcess.FreePort();

    private readonly List<IMqttClient> _clients = [];

    private string Passwords => Path.Combine(_folder, "passwords");

    public string Address => $"mqtt://127.0.0.1:{Port}";

    /// <param name="users">Who may come in beside the platform, each with its password.</param>
    public static async Task<TownBroker> StartAsync(params (string Name, string Password)[] users)
    {
        var broker = new TownBroker();
        try
        {
            await broker.WriteAsync([(User, Password), .. users], "");
            await broker.RestartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that is spoken to by TLS only, and knows its clients by their certificates.</summary>
    public static async Task<TownBroker> StartSecureAsync(BrokerPki pki)
    {
        var broker = new TownBroker();
        try
        {
            await broker.WriteAsync([(User, Password)], $"""
                cafile {pki.AuthorityFile}
                certfile {pki.ServerFile}
                keyfile {pki.ServerKeyFile}
                require_certificate true
                use_identity_as_username true
                """);
            await broker.RestartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, again, on what it kept.</summary>
    public async Task RestartAsync()
    {
        _process?.Dispose();
        _log.StartOver();
        _process = Process.Start(new ProcessStartInfo(Find("mosquitto"), ["-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("mosquitto did not start");
        _process.ErrorDataReceived += (_, line) => _log.Hear(line.Data);
        _process.BeginErrorReadLine();
        await Patience.Until(IsListeningAsync, "mosquitto", Patience.Start);
    }

    /// <summary>Waits until it has written down a message that has this in it.</summary>
    public Task SavedAsync(string text) => Patience.Until(
        async () =>
        {
            var file = Path.Combine(_folder, "mosquitto.db");
            return File.Exists(file) && (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
        },
        $"'{text}' in what mosquitto keeps");

    /// <summary>How many messages of a topic it has sent to the platform.</summary>
    public long Sent(string topic) => _log.Sent(topic);

    /// <summary>Waits until the platform has acknowledged all of a topic, and more than so many.</summary>
    public Task TakenAsync(string topic, long after) =>
        Patience.Until(() => Task.FromResult(_log.IsTaken(topic, after)), $"the platform to acknowledge '{topic}'");

    /// <summary>Lets one more in.</summary>
    public async Task AdmitAsync(string user, string password)
    {
        await RunAsync(Find("mosquitto_passwd"), "-b", Passwords, user, password);
        await ReloadAsync();
    }

    /// <summary>Lets one in no more, and closes the connections that he has.</summary>
    public async Task DismissAsync(string user)
    {
        await RunAsync(Find("mosquitto_passwd"), "-D", Passwords, user);
        await ReloadAsync();
    }

    /// <summary>SIGKILL: it keeps what it has written.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Connects one who publishes.</summary>
    public async Task<IMqttClient> ConnectAsync(string user, string password, Action<MqttClientOptionsBuilder>? configure = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"{user}-{_clients.Count}")
            .WithCredentials(user, password)
            .WithTimeout(Patience.Answer);
        configure?.Invoke(options);
        await client.ConnectAsync(options.Build());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        await Task.Run(() => Directory.Delete(_folder, recursive: true));
    }

    private async Task WriteAsync((string Name, string Password)[] users, string listener)
    {
        Find("mosquitto");
        await File.WriteAllTextAsync(Passwords, "");
        foreach (var (name, password) in users)
            await RunAsync(Find("mosquitto_passwd"), "-b", Passwords, name, password);

        await File.WriteAllTextAsync(Path.Combine(_folder, "acl"), $"""
            pattern write homes/%u/#
            pattern write vehicles/%u/#
            pattern write signals/%u
            pattern write signals/%u/#
            pattern write +/inQueue/v2x/+/%u/#

            user {User}
            topic read homes/#
            topic read vehicles/#
            topic read signals/#
            topic read +/inQueue/v2x/#
            topic readwrite civic-signals/#
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "mosquitto.conf"), $"""
            user {Environment.UserName}
            log_dest stderr
            log_type debug
            log_type information
            persistence true
            persistence_location {_folder}/
            autosave_on_changes true
            autosave_interval 1
            max_queued_messages 0
            message_size_limit 2098176
            acl_file {_folder}/acl
            listener {Port} 127.0.0.1
            {(listener.Length > 0 ? listener : $"allow_anonymous false\npassword_file {Passwords}")}
            """);
    }

    private async Task<bool> IsListeningAsync()
    {
        Assert.False(_process!.HasExited, "mosquitto ended");
        using var probe = new System.Net.Sockets.TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private async Task ReloadAsync()
    {
        var before = _log.Reloads;
        await RunAsync("kill", "-HUP", $"{_process!.Id}");
        await Patience.Until(() => Task.FromResult(_log.Reloads > before), "mosquitto to read its users anew");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var tool = Process.Start(program, arguments);
        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
    }

    private static string Find(string program)
    {
        var path = Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        return path!;
    }
}
