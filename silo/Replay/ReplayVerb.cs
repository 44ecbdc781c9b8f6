using CivicSignals.Ledger;
using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.Replay;

/// <summary>Runs a recording through the real decoders and areas on the recording's clock, and prints what they decide.</summary>
internal sealed class ReplayVerb : IVerb
{
    public string Name => "replay";

    public string Usage => "FILE.jsonl [--registry R.json] [--neighbourhoods N.geojson] [--gazetteer G.csv]";

    public string Summary => "print what is decided about recorded input, as JSON lines";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments, ReplayFiles.RegistryOption, ReplayFiles.NeighbourhoodsOption, ReplayFiles.GazetteerOption);
        var files = ReplayFiles.Of(parsed);
        var folder = Directory.CreateTempSubdirectory("civic-signals-replay-");
        try
        {
            return await PlayAsync(parsed.Configuration, files, folder.FullName, output);
        }
        catch (LedgerUnavailableException e)
        {
            throw new StartException($"replay: the temporary ledger in {folder.FullName}: {e.Message}", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> PlayAsync(string[] configuration, ReplayFiles files, string folder, TextWriter output)
    {
        await using var recording = OpenRecording(files.Recording);
        var clock = new VirtualClock(await StartAsync(recording));
        using var host = ReplayHost.Open(configuration, files, clock, folder, output);
        await host.StartAsync();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await host.Services.GetRequiredService<Playback>().RunAsync(new LineReader(recording), stopping);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 1; // Told to stop before the end: what is printed is not all.
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static FileStream OpenRecording(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"replay: {path}: {e.Message}", e);
        }
    }

    /// <summary>The time of the first line that tells one. The silo starts then: a jump of years would keep it busy with the time between.</summary>
    private static async Task<DateTimeOffset> StartAsync(FileStream recording)
    {
        var start = DateTimeOffset.UnixEpoch;
        var lines = new LineReader(recording);
        while (await lines.ReadAsync(CancellationToken.None))
        {
            if (!lines.IsTooLong && LineParser.TryParse(lines.Line, out var line) is null)
            {
                start = line.At;
                break;
            }
        }

        recording.Position = 0;
        return start;
    }
}
