namespace CivicSignals.Dashboard.Deliveries;

/// <summary>How a network took what was asked of it.</summary>
internal enum Verdict
{
    /// <summary>It did it.</summary>
    Done,

    /// <summary>The post is not there.</summary>
    Gone,

    /// <summary>Too often; the account's allowance knows until when.</summary>
    Limited,

    /// <summary>The account's secret is not accepted, or does not allow it.</summary>
    Refused,

    /// <summary>It will never take this.</summary>
    Rejected,

    /// <summary>It failed, or cannot be reached; whether it did what was asked is not known.</summary>
    Failed,
}

/// <summary>A network's answer.</summary>
/// <param name="Verdict">How it took it.</param>
/// <param name="Remote">When done: the post, as the network names it.</param>
/// <param name="Why">Else: the reason, without anything that the network wrote.</param>
internal sealed record Answer(Verdict Verdict, string Remote = "", string Why = "");
