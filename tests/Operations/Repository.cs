namespace CivicSignals.Tests.Operations;

/// <summary>Files of the repository that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The path of a file, by its path from the root.</summary>
    public static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CivicSignals.sln")))
            folder = folder.Parent;
        Assert.True(folder is not null, "the tests do not run within the repository");
        return Path.Combine(folder.FullName, file);
    }

    /// <summary>What a file says.</summary>
    public static string Read(string file) => File.ReadAllText(PathOf(file));
}
