using System.Text;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>SQL with the values of its parameters <c>@name</c>.</summary>
internal sealed record Statement(string Sql, params (string Name, object? Value)[] Parameters)
{
    /// <summary>Whether it may run as long as it takes: it looks through whole tables.</summary>
    public bool TakesLong { get; init; }

    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var (name, value) in Parameters)
            command.Parameters.AddWithValue(name, value is string text ? Clean(text) : value ?? DBNull.Value);
        return command;
    }

    /// <summary>Text as PostgreSQL takes it, which has no NUL and no half characters: one device's odd name must not keep its neighbours' from being written.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }
}
