using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Registration;
using CivicSignals.Neighbourhoods;
using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.Replay;

/// <summary>The files that a replay is given, read and checked.</summary>
/// <param name="Recording">Path of the recording.</param>
/// <param name="Registry">Who is registered; null: as configured, else nobody.</param>
/// <param name="Neighbourhoods">Null: as configured, else those that come with the platform.</param>
/// <param name="Gazetteer">Null: as configured, else the one that comes with the platform.</param>
internal sealed record ReplayFiles(string Recording, Registry? Registry, NeighbourhoodMap? Neighbourhoods, Gazetteer? Gazetteer)
{
    public const string RegistryOption = "registry";
    public const string NeighbourhoodsOption = "neighbourhoods";
    public const string GazetteerOption = "gazetteer";

    /// <exception cref="UsageException">There is no recording, or more than one.</exception>
    /// <exception cref="StartException">A file is not there or is wrong; the message names its option.</exception>
    public static ReplayFiles Of(Arguments arguments)
    {
        if (arguments.Operands is not [var recording])
            throw new UsageException("replay needs one FILE.jsonl; 'help' lists its options");
        if (!File.Exists(recording))
            throw new StartException($"replay: there is no file {recording}");
        var registry = Read(arguments, RegistryOption, path => Registry.Parse(File.ReadAllBytes(path)));
        var neighbourhoods = Read(arguments, NeighbourhoodsOption, path => NeighbourhoodMap.Parse(File.ReadAllBytes(path)));
        var gazetteer = Read(arguments, GazetteerOption, path =>
        {
            using var text = File.OpenText(path);
            return Gazetteer.Read(text);
        });
        return new ReplayFiles(recording, registry, neighbourhoods, gazetteer);
    }

    private static T? Read<T>(Arguments arguments, string option, Func<string, T> read)
        where T : class
    {
        if (arguments.Option(option) is not { } path)
            return null;
        if (!File.Exists(path))
            throw new StartException($"--{option}: there is no file {path}");
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--{option}: {path}: {e.Message}", e);
        }
    }
}
