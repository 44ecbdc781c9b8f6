namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Files that may lie beside the sources in a folder <c>shared</c>: schemas of standards, which are not ours to keep here.</summary>
public static class SharedFiles
{
    /// <summary>Full path, or null when absent.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
