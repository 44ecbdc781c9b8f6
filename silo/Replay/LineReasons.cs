namespace CivicSignals.Silo.Replay;

/// <summary>Why a replay rejects a line that reaches no decoder.</summary>
internal static class LineReasons
{
    public const string NoSuchIncident = "no-such-incident";
    public const string NotPossible = "not-possible";
    public const string UnsupportedVia = "unsupported-via";
}
