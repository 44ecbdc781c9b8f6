using System.Diagnostics;

namespace CivicSignals.Faults.Cluster;

/// <summary>A process that does not outlive the one that started it, and whose words are kept in a file.</summary>
internal sealed class Child : IDisposable
{
    // The command says its process id and becomes the program; when the input ends, with the parent, it is killed.
    private const string Keeper = """
        exec 3<&0
        sh -c 'echo $$; exec "$@"' child "$@" 3<&- </dev/null & pid=$!
        ( read -r end <&3; kill -9 $pid ) & guard=$!
        wait $pid; code=$?
        kill $guard
        exit $code
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _keeper;
    private readonly string _log;
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    private Child(Process keeper, string log)
    {
        (_keeper, _log) = (keeper, log);
        _keeper.OutputDataReceived += (_, line) => Hear(line.Data);
        _keeper.ErrorDataReceived += (_, line) => Keep(line.Data);
        _keeper.BeginOutputReadLine();
        _keeper.BeginErrorReadLine();
    }

    /// <summary>The program's process id.</summary>
    public int Id { get; private set; }

    public bool HasExited => _keeper.HasExited;

    /// <summary>128 and the signal's number when a signal ended it.</summary>
    public int ExitCode => _keeper.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="log">File that its output is added to.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Added to this process's.</param>
    public static async Task<Child> StartAsync(string log, IEnumerable<string> command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new Child(Process.Start(start) ?? throw new InvalidOperationException("sh did not start"), log);
        child.Id = await child._started.Task.WaitAsync(Patience);
        return child;
    }

    /// <summary>Runs a program to its end; what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{string.Join(' ', command)}: {await errors}{await output}");
    }

    /// <summary>Sends it a signal, named as <c>kill</c> names them.</summary>
    public Task SignalAsync(string name) => RunAsync("kill", $"-{name}", $"{Id}");

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
            await RunAsync("sh", "-c", $"kill -9 {Id} || true");
        await _keeper.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits for its end; the exit code.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> EndAsync(TimeSpan within)
    {
        await _keeper.WaitForExitAsync().WaitAsync(within);
        return ExitCode;
    }

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    private void Hear(string? line)
    {
        if (!_started.Task.IsCompleted && int.TryParse(line, out var id))
            _started.SetResult(id);
        else
            Keep(line);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            File.AppendAllText(_log, line + "\n");
    }
}
