using System.Globalization;
using System.Reflection;

namespace CivicSignals.Silo.Storage;

/// <summary>One step of a schema.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(int Version, string Sql)
{
    /// <summary>All migrations of a database, in order. The number of the last is the schema's version.</summary>
    /// <param name="database">The folder of its <c>Migrations</c>: <c>Sqlite</c> or <c>Postgres</c>.</param>
    public static IReadOnlyList<Migration> AllOf(string database)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{database}.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name.AsSpan(database.Length + 1, 4)))
            .OrderBy(migration => migration.Version)];
    }

    private static Migration Read(Assembly assembly, string name, ReadOnlySpan<char> version)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(int.Parse(version, CultureInfo.InvariantCulture), reader.ReadToEnd());
    }
}
