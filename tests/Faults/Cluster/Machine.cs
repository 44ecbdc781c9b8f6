namespace CivicSignals.Faults.Cluster;

/// <summary>What the machine has of what faults need.</summary>
internal static class Machine
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin"];

    public const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    public static bool IsRoot => Environment.UserName == "root";

    /// <summary>Folder of PostgreSQL's programs, or null.</summary>
    public static string? Postgres { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        : null;

    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Why a cluster cannot be started here, or null.</summary>
    public static string? Missing =>
        Postgres is null ? "no PostgreSQL in /usr/lib/postgresql" : Find("mosquitto") is null ? "no mosquitto" : null;
}
