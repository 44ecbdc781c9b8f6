using CivicSignals.Ingest.Dialects.HomeAssistant.Templates;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>Something that a discovery message says of a topic.</summary>
/// <param name="Path">Where its state is published.</param>
/// <param name="Id">Its own identity, which is also its key's name.</param>
/// <param name="Key">What it says; null: nothing of interest.</param>
internal sealed record Entity(string Path, string Id, DeviceKey? Key)
{
    /// <summary>How its state is found in a message; null: it is the message.</summary>
    public Template? Template { get; init; }

    /// <summary>Whether it needs a template that is not understood.</summary>
    public bool IsUndecodable { get; init; }

    /// <summary>What carries its state; empty: its format does not say.</summary>
    public string LinkPath { get; init; } = "";

    /// <summary>Whether it tells of its link and of nothing else: it is published at <see cref="LinkPath"/>.</summary>
    public bool IsPresence { get; init; }

    public Said Read(ReadOnlySpan<byte> payload) => Template is null ? Key!.Read(payload.Trim(" \r\n\t"u8)) : Template.Read(payload, Key!);
}
