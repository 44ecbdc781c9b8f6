namespace CivicSignals.Silo.Storage.Sqlite;

/// <summary>How bytes are made to be gone from the file, where a deletion alone only frees them. Used inside an open transaction.</summary>
internal static class Scrub
{
    /// <summary>Does something with what it frees overwritten: that costs a write for every page freed, and so is off elsewhere.</summary>
    public static T Overwriting<T>(WriterSession session, Func<T> work)
    {
        session.Execute("PRAGMA secure_delete = ON");
        try
        {
            return work();
        }
        finally
        {
            session.Execute("PRAGMA secure_delete = FAST");
        }
    }

    /// <summary>A page whose rows were moved about may hold copies of rows that are gone. For tables that are not large.</summary>
    public static void WriteAnew(WriterSession session, string table)
    {
        session.Execute($"CREATE TEMP TABLE kept AS SELECT * FROM {table}");
        session.Execute($"DELETE FROM {table}");
        session.Execute($"INSERT INTO {table} SELECT * FROM kept");
        session.Execute("DROP TABLE kept");
    }
}
