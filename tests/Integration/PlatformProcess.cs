using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CivicSignals.Tests.Integration;

/// <summary>The program as people run it, in a process of its own.</summary>
internal sealed class PlatformProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CivicSignals.Silo.dll");

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private PlatformProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Everything that it printed.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static PlatformProcess Start(params IEnumerable<string> arguments) =>
        new(Process.Start(StartInfo(arguments)) ?? throw new InvalidOperationException("dotnet did not start"));

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments)) ?? throw new InvalidOperationException("dotnet did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience.Start);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"waited in vain for the end of: {string.Join(' ', arguments)}");
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A port that nobody listens on and nobody else here was given, below those that the system hands out, so that it is still free after a restart.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
                if (Given.TryAdd(port, true))
                    return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    /// <summary>SIGKILL: it gets no chance to save anything.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience.Start);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments) => new("dotnet", [Program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
