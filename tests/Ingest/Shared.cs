namespace CivicSignals.Tests.Ingest;

/// <summary>Recorded samples that are not part of the repository: tests that need one are skipped where it is absent.</summary>
internal static class Shared
{
    public static string File(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", relative);
            if (System.IO.File.Exists(path))
                return path;
        }

        Assert.Skip($"no shared/{relative} above the tests");
        return "";
    }
}
