using CivicSignals.Signals;

namespace CivicSignals.Reports;

/// <summary>What a resident says, as it came: whoever takes it checks it.</summary>
/// <param name="Reporter">Who says so: a pseudonym of letters, digits, <c>-</c> and <c>_</c>, at most 100 characters.</param>
public sealed record Report(string Reporter)
{
    /// <summary><c>seen</c> or <c>nothing-here</c>.</summary>
    public string? Says { get; init; }

    /// <summary>What is seen: one of <see cref="ReportKinds"/>. May be null where nothing is seen.</summary>
    public string? Kind { get; init; }

    /// <summary>Where; of an answer, the part of the town that it was asked in.</summary>
    public Place? Place { get; init; }

    /// <summary>The incident that it is about, where the resident answers an alert or a question; null: the one that lies nearest.</summary>
    public SignalTarget? Target { get; init; }

    /// <summary>The question that it answers, or null. An answer without a <see cref="Target"/> is counted and weighs nothing.</summary>
    public string? Question { get; init; }
}
