using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects;

/// <summary>One way in which the outside world speaks. Called from many connections at once.</summary>
internal interface IDialect
{
    /// <summary>Whether messages of that topic are in this dialect.</summary>
    bool Recognises(ReadOnlySpan<char> topic);

    /// <summary>Whether a message of that topic may be larger than ordinary ones: a gateway's description of its devices.</summary>
    bool IsMetadata(ReadOnlySpan<char> topic) => false;

    /// <summary>Decodes a message, well-formed UTF-8 of a permitted size. A <see cref="System.Text.Json.JsonException"/> is an answer too: it is not JSON.</summary>
    Decoded Decode(in InboundMessage message);
}
