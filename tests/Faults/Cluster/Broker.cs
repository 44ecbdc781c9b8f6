using System.Net.Sockets;

namespace CivicSignals.Faults.Cluster;

/// <summary>Mosquitto as docs/broker.md sets it up to keep what it acknowledges.</summary>
internal sealed class Broker(string folder, string address) : IDisposable
{
    public const string User = "civic-signals";
    public const string Password = "platform password";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Path.Combine(folder, "mosquitto");
    private Child? _server;

    public int Port { get; } = Ports.Free();

    /// <summary>Writes its files and starts it.</summary>
    /// <param name="users">Who may come in beside the platform; each one's password is <see cref="SecretOf"/>.</param>
    public async Task CreateAsync(IEnumerable<string> users)
    {
        Directory.CreateDirectory(_folder);
        var passwords = Path.Combine(_folder, "passwords");
        await File.WriteAllLinesAsync(passwords, [$"{User}:{Password}", .. users.Select(user => $"{user}:{SecretOf(user)}")]);
        await Child.RunAsync(Machine.Find("mosquitto_passwd")!, "-U", passwords);
        await File.WriteAllTextAsync(Path.Combine(_folder, "acl"), $"""
            pattern write homes/%u/#
            pattern write signals/%u
            pattern write signals/%u/#

            user {User}
            topic read homes/#
            topic read vehicles/#
            topic read vss/#
            topic read owntracks/#
            topic read signals/#
            topic read +/inQueue/v2x/#
            topic readwrite civic-signals/#
            """);
        var listeners = string.Join('\n', new[] { "127.0.0.1", address }.Distinct().Select(on => $"listener {Port} {on}"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "mosquitto.conf"), $"""
            per_listener_settings false
            user {Environment.UserName}
            log_dest stderr
            persistence true
            persistence_location {_folder}/
            autosave_on_changes true
            autosave_interval 1
            max_queued_messages 0
            message_size_limit 2098176
            set_tcp_nodelay true
            allow_anonymous false
            password_file {passwords}
            acl_file {Path.Combine(_folder, "acl")}
            {listeners}
            """);
        await StartAsync();
    }

    /// <summary>The password of one who publishes.</summary>
    public static string SecretOf(string user) => $"secret-of-{user}";

    /// <summary>Starts it, again, on what it kept.</summary>
    public async Task StartAsync()
    {
        _server?.Dispose();
        _server = await Child.StartAsync(Path.Combine(folder, "mosquitto.log"), [Machine.Find("mosquitto")!, "-c", Path.Combine(_folder, "mosquitto.conf")]);
        await Waiting.UntilAsync(IsUpAsync, "mosquitto to start", Patience);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _server!.KillAsync();

    public void Dispose() => _server?.Dispose();

    private async Task<bool> IsUpAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
