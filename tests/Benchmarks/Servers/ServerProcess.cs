using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CivicSignals.Benchmarks.Servers;

/// <summary>A server as a process of its own. Killed when disposed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private int _lines;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts a program and keeps its last lines of output for error messages.</summary>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        var server = new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Its processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Lines that it has written so far.</summary>
    public int Lines => Volatile.Read(ref _lines);

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something accepts connections there.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or a minute went by.</exception>
    public async Task WaitForPortAsync(int port)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await AcceptsAsync(port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartPatience)
                throw new InvalidOperationException($"nothing listens on port {port}; the server's last words:\n{LastWords()}");
            await Task.Delay(100);
        }
    }

    /// <exception cref="InvalidOperationException">The process ended.</exception>
    public void MustLive()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"a server ended with {_process.ExitCode}; its last words:\n{LastWords()}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lines++;
            if (_lastLines.Count == 30)
                _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }
    }

    /// <summary>Its last lines, at most 30.</summary>
    public string LastWords()
    {
        lock (_lastLines)
            return string.Join('\n', _lastLines);
    }
}
