namespace CivicSignals.Homes;

/// <summary>How an import is written.</summary>
public enum ImportFormat
{
    /// <summary>The registry file's JSON: <c>{"premises":[…]}</c>, or the array alone.</summary>
    Json,

    /// <summary>
    /// RFC 4180 with a header line. Columns in any order: <c>gateway</c>, and <c>id,secret,lat,lon,uncertaintyM,kind,consents</c> where wanted; consents
    /// are separated by blanks.
    /// </summary>
    Csv,
}

/// <summary>What became of an import. A wrong line does not keep the others out.</summary>
/// <param name="Lines">One per line, in order.</param>
/// <param name="Problem">Why nothing at all could be read, or null.</param>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines, string? Problem = null)
{
    /// <summary>Most lines of one import.</summary>
    public const int MostLines = 10_000;

    /// <summary>Most bytes of one import.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    public int Count(ImportResult result) => Lines.Count(line => line.Result == result);
}

/// <summary>One line of an import.</summary>
/// <param name="Number">CSV: the line's number in the file, from 1; JSON: the element's, from 1.</param>
/// <param name="Gateway">The gateway that it names; empty when it names none.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Problem">Why it was refused, as a sentence; else null.</param>
/// <param name="MqttSecret">When added without a secret of its own: the one made for it, shown this once.</param>
/// <param name="ClaimSecret">When added without a place: what its people claim it with, shown this once.</param>
/// <param name="ResidentKey">When added with a place: the key for its people, shown this once.</param>
public sealed record ImportLine(
    int Number,
    string Gateway,
    ImportResult Result,
    string? Problem = null,
    string? MqttSecret = null,
    string? ClaimSecret = null,
    string? ResidentKey = null);

/// <summary>What became of one line.</summary>
public enum ImportResult
{
    /// <summary>Registered, with its place.</summary>
    Added,

    /// <summary>Registered without a place: a gateway to be claimed.</summary>
    AddedUnclaimed,

    /// <summary>Known already; left as people set it.</summary>
    Left,

    /// <summary>Wrong; see the problem.</summary>
    Refused,
}
