using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace CivicSignals.Dashboard.Access;

/// <summary>Where the keys that protect cookies and tokens are kept: <c>keys</c> in the data folder, for its owner only.</summary>
internal static class KeyFolder
{
    public static DirectoryInfo In(string dataPath)
    {
        var path = Path.Combine(dataPath, "keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static DirectoryInfo In(IConfiguration configuration) =>
        In(configuration["Data:Path"] is { Length: > 0 } path ? path : "data");

    /// <summary>The same name in every process, so that one process's tokens are good in another.</summary>
    public static void Named(IDataProtectionBuilder builder) => builder.SetApplicationName("civic-signals");
}
