using CivicSignals.Tests.Node;

namespace CivicSignals.Tests.Enumeration;

/// <summary>All definitions of the npm package that <c>package.json</c> names. It is installed beside the tests, once.</summary>
internal static class DeviceDefinitions
{
    private static readonly NodeFolder Folder = new("Enumeration");

    /// <summary>Where a summary goes.</summary>
    public static string Report { get; } = Folder.File("summary.md");

    public static async Task<List<DeviceDefinition>> LoadAsync(CancellationToken cancellation)
    {
        await Folder.InstallAsync(cancellation);
        await Folder.RunAsync("definitions.mjs . definitions.jsonl", cancellation);
        var lines = await File.ReadAllLinesAsync(Folder.File("definitions.jsonl"), cancellation);
        return [.. lines.Select(DeviceDefinition.Parse)];
    }
}
