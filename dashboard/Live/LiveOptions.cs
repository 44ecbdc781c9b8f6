namespace CivicSignals.Dashboard.Live;

/// <summary>Bounds of the live streams. Section <c>Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Streams open at once from one address (IPv6: from one /64), 1..100,000. Default 64.</summary>
    public int PerAddress { get; set; } = 64;

    /// <summary>Frames that may wait for one client before it is dropped, 1..100,000. Default 1,024. It resumes by <c>Last-Event-ID</c>.</summary>
    public int Waiting { get; set; } = 1024;

    /// <summary>Recent frames kept in memory for clients that resume, 1..1,000,000. Default 4,096.</summary>
    public int Recent { get; set; } = 4096;
}
