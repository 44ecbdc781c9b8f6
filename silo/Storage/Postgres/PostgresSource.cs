using CivicSignals.Silo.Hosting;
using Npgsql;

namespace CivicSignals.Silo.Storage.Postgres;

/// <summary>Makes the connections of a silo to PostgreSQL. Never says what a connection string holds: it has a password.</summary>
public static class PostgresSource
{
    /// <summary>
    /// What holds unless the connection string says otherwise. Waiting is short, seconds, so that a server that is gone without a word is noticed; and three
    /// silos fit into the hundred connections that a server takes by default.
    /// </summary>
    private const string Defaults =
        "Timeout=3;Command Timeout=4;Maximum Pool Size=20;Max Auto Prepare=50;TCP Keepalive=true;TCP Keepalive Time=5;TCP Keepalive Interval=1;Application Name=civic-signals;";

    /// <summary>What is said of a connection string that is none.</summary>
    public const string NotParsed = $"{LedgerOptions.Key}: is no PostgreSQL connection string, such as Host=db.example;Database=civic;Username=civic;Password=…";

    /// <summary>The connections; opens none yet.</summary>
    /// <param name="connectionString">As <see cref="LedgerOptions.ConnectionString"/>.</param>
    /// <exception cref="StartException">It is none.</exception>
    public static NpgsqlDataSource Create(string connectionString) =>
        Parse(connectionString) is { } parsed
            ? NpgsqlDataSource.Create(parsed)
            : throw new StartException(NotParsed);

    /// <summary>The connection string with <see cref="Defaults"/>, or null when it is none.</summary>
    public static NpgsqlConnectionStringBuilder? Parse(string connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(Defaults + connectionString); // Of two with one key the later holds.
            return string.IsNullOrWhiteSpace(parsed.Host) ? null : parsed;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or NotSupportedException or InvalidCastException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens a connection at the start.</summary>
    /// <exception cref="StartException">The server does not answer, or does not let us in.</exception>
    public static NpgsqlConnection OpenAtStart(this NpgsqlDataSource source)
    {
        try
        {
            return source.OpenConnection();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ArgumentException or InvalidOperationException)
        {
            throw new StartException($"{LedgerOptions.Key}: PostgreSQL cannot be used: {Reason(e)}", e);
        }
    }

    /// <summary>Why something failed, in one line.</summary>
    public static string Reason(Exception failure) =>
        (failure is PostgresException refusal ? refusal.MessageText : (failure.InnerException ?? failure).Message).ReplaceLineEndings(" ");
}
