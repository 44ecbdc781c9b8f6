using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>The ledger as it lies on disk, read beside or after the platform.</summary>
internal interface ITownLedger
{
    /// <summary>The newest sequence number; 0 when nothing has been written.</summary>
    long Head();

    /// <summary>How many streams of posts have a cursor.</summary>
    long Cursors();

    /// <summary>All entries of a type, in order: 1 evidence, 2 incident, 3 alert, 4 action.</summary>
    List<(string Incident, JsonElement Body)> Read(int type);

    /// <summary>Which of the texts stand where in all that is kept.</summary>
    List<string> Naming(params string[] texts);
}
