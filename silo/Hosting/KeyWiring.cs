using Microsoft.AspNetCore.DataProtection;

namespace CivicSignals.Silo.Hosting;

/// <summary>
/// The keys that protect cookies and bearer tokens. They lie unencrypted in the data folder, which only its owner can read, so that they
/// outlive a restart and the command line can sign with them.
/// </summary>
internal static class KeyWiring
{
    public static void AddKeys(this IHostApplicationBuilder builder)
    {
        var data = builder.Configuration["Data:Path"] is { Length: > 0 } path ? path : new DataOptions().Path;
        builder.Services.AddDataProtection()
            .SetApplicationName("civic-signals")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.GetFullPath(Path.Combine(data, "keys"))));
    }
}
