using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>
/// One way in which what stands in homes speaks. Paths are topics below the gateway's own prefix, as the home's own broker has them.
/// All members but <see cref="IsMetadata"/> are called under the home's <see cref="Home.Gate"/>.
/// </summary>
internal interface IHomeDialect
{
    /// <summary>What people call it, such as <c>zigbee2mqtt</c>.</summary>
    string Name { get; }

    /// <summary>Whether a message of that path may be larger than ordinary ones: a description of devices.</summary>
    bool IsMetadata(ReadOnlySpan<char> path) => false;

    /// <summary>Whether a path that no device is known by is in this dialect, by its shape and by what the home has told of itself so far.</summary>
    bool Recognises(Home home, ReadOnlySpan<char> path);

    /// <summary>Decodes a message of a path that no device is known by.</summary>
    Decoded Decode(Home home, ReadOnlySpan<char> path, in InboundMessage message);

    /// <summary>Decodes a message of a device of this dialect: the common case, without a search.</summary>
    Decoded Read(Device device, in InboundMessage message);
}
