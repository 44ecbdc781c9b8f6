using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects;

/// <summary>One way in which the outside world speaks. Called from many connections at once.</summary>
internal interface IDialect
{
    /// <summary>Whether messages of that topic are in this dialect.</summary>
    bool Recognises(ReadOnlySpan<char> topic);

    /// <summary>Whether a message of that topic may be larger than ordinary ones: a gateway's description of its devices.</summary>
    bool IsMetadata(ReadOnlySpan<char> topic) => false;

    /// <summary>Whether messages of a topic that it recognises need not be text.</summary>
    bool IsBinary(ReadOnlySpan<char> topic) => false;

    /// <summary>Decodes a message of a permitted size, well-formed UTF-8 unless the topic is binary. A <see cref="System.Text.Json.JsonException"/> is an answer too: it is not JSON.</summary>
    Decoded Decode(in InboundMessage message);
}
