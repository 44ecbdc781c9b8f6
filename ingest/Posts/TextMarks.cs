namespace CivicSignals.Ingest.Posts;

/// <summary>What stands between a text's words.</summary>
[Flags]
internal enum TextMarks : byte
{
    None = 0,
    Question = 1,
    Exclamation = 2,

    /// <summary>More than one exclamation mark.</summary>
    Exclamations = 4,
    Colon = 8,
    Quotation = 16,
    Ellipsis = 32,
}
