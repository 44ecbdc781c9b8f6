namespace CivicSignals.Tests.Dashboard.Deliveries;

/// <summary>How a test server fails one request that writes.</summary>
/// <param name="Status">What it answers; 0: the connection is cut.</param>
/// <param name="Does">Whether it does what was asked first.</param>
/// <param name="Headers">Headers of the answer.</param>
internal sealed record Fault(int Status = 0, bool Does = false, params (string Name, string Value)[] Headers)
{
    public static readonly Fault CutBefore = new();
    public static readonly Fault CutAfter = new(Does: true);
    public static readonly Fault Unavailable = new(503);
    public static readonly Fault Refused = new(403);
    public static readonly Fault Unprocessable = new(422);

    /// <summary>No answer at all while the client waits.</summary>
    public static readonly Fault Silent = new(-1);
}
