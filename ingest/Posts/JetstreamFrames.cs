using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads frames of Bluesky's Jetstream, version 1 and 2.</summary>
internal static class JetstreamFrames
{
    /// <summary>Never throws.</summary>
    /// <param name="frame">One frame, JSON, as the server sent it after decompression.</param>
    public static PostReading Read(ReadOnlyMemory<byte> frame) =>
        frame.IsEmpty ? PostReading.Ambient : PostReading.Reject(Reasons.UnknownDialect);
}
