using CivicSignals.Alerts;
using CivicSignals.Incidents;

namespace CivicSignals.Dashboard.Neighbourhoods;

/// <summary>Where a public alert stands for a reader.</summary>
public enum Standing
{
    /// <summary>In force.</summary>
    Current,

    /// <summary>It was real, or may have been, and is over.</summary>
    Over,

    /// <summary>Withdrawn: it was never real.</summary>
    Withdrawn,

    /// <summary>Nothing new was heard of it.</summary>
    Expired,

    /// <summary>Nothing more may be told of it.</summary>
    Ended,

    /// <summary>It is told on as part of another alert.</summary>
    Superseded,
}

/// <summary>Reads the standing off an alert's newest version, and says it.</summary>
public static class Standings
{
    public static Standing Standing(this Alert newest, DateTimeOffset now) => newest switch
    {
        { Ended: Outcome.Merged } => Neighbourhoods.Standing.Superseded,
        { Ended: Outcome.FalseAlarm } => Neighbourhoods.Standing.Withdrawn,
        { Ended: Outcome.Expired } => Neighbourhoods.Standing.Expired,
        { Ended: Outcome.AllClear } => Neighbourhoods.Standing.Over,
        { Ended: Outcome.Withdrawn } => Neighbourhoods.Standing.Ended,
        { MsgType: MsgType.Cancel } => Neighbourhoods.Standing.Withdrawn,
        _ when newest.ExpiresAt <= now => Neighbourhoods.Standing.Expired,
        _ => Neighbourhoods.Standing.Current,
    };

    /// <summary>The standing in a word or two.</summary>
    public static string Word(this Standing standing) => standing switch
    {
        Neighbourhoods.Standing.Current => "Current",
        Neighbourhoods.Standing.Over => "All clear",
        Neighbourhoods.Standing.Withdrawn => "Withdrawn",
        Neighbourhoods.Standing.Expired => "Expired",
        Neighbourhoods.Standing.Ended => "Ended",
        _ => "Replaced",
    };

    /// <summary>The standing in a sentence.</summary>
    public static string Sentence(this Standing standing) => standing switch
    {
        Neighbourhoods.Standing.Current => "This alert is in force.",
        Neighbourhoods.Standing.Over => "This is over. The control room has given the all clear.",
        Neighbourhoods.Standing.Withdrawn => "This alert has been withdrawn: it was a false alarm.",
        Neighbourhoods.Standing.Expired => "This alert has expired: nothing new has been heard.",
        Neighbourhoods.Standing.Ended => "This alert has ended: nothing more is said here.",
        _ => "This alert has been replaced: it proved to be the same event as another one.",
    };
}
