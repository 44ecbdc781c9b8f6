namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>One thing that speaks on several topics: a test that it tells of on one silences its alarms on the others.</summary>
internal sealed class Body
{
    /// <summary>Some never say that a test is over: for no longer does one silence.</summary>
    private static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _testedAt;

    public void Tested(bool active, DateTimeOffset at) => _testedAt = active ? at : null;

    public bool IsTesting(DateTimeOffset at) => at - _testedAt <= LongestTest;
}
