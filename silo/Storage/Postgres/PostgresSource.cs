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

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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

    /// <summary>
    /// Waits for a server that does not answer yet: silos and database of one machine start together, and a silo that gave way because it alone did not reach the database
    /// comes back while that is still so. A server that answers and refuses is not waited for.
    /// </summary>
    /// <param name="source">The connections.</param>
    /// <param name="patience">For how long; then the caller finds out why.</param>
    /// <param name="time">Clock of the wait.</param>
    /// <param name="waits">Told once, with the reason, when it waits.</param>
    public static void AwaitServer(this NpgsqlDataSource source, TimeSpan patience, TimeProvider time, Action<string> waits)
    {
        var begun = time.GetTimestamp();
        for (var isFirst = true; time.GetElapsedTime(begun) < patience; isFirst = false)
        {
            try
            {
                source.OpenConnection().Dispose();
                return;
            }
            catch (Exception e) when (e is NpgsqlException and not PostgresException or PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } or TimeoutException)
            {
                if (isFirst)
                    waits(Reason(e));
                Thread.Sleep(Pause);
            }
            catch (Exception)
            {
                return; // Waiting does not help.
            }
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
