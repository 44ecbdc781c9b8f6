namespace CivicSignals.Silo.Replay;

/// <summary>One line of a recording, taken apart. Its memories are parts of the line.</summary>
internal readonly record struct RecordedLine
{
    /// <summary>When it was received, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary><c>mqtt</c>, <c>bluesky</c>, <c>mastodon</c>, <c>report</c>, <c>operator</c>, <c>tick</c>, or what is not replayed.</summary>
    public string? Via { get; init; }

    /// <summary>Of a message: its topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Of a message: whether it was sent to be retained.</summary>
    public bool Retain { get; init; }

    /// <summary>Of a message: its payload as the device, or the server, sent it. Null: there is none.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>Of Bluesky: one frame, as JSON. Null: there is none.</summary>
    public ReadOnlyMemory<byte>? Frame { get; init; }

    /// <summary>Of Mastodon: the event's name; its payload is <see cref="Payload"/>.</summary>
    public string? Event { get; init; }

    /// <summary>Of a report: its JSON. Null: there is none.</summary>
    public ReadOnlyMemory<byte>? Report { get; init; }

    /// <summary>Of an operator's action: the verb's word.</summary>
    public string? Action { get; init; }

    /// <summary>Of an operator's action: where the incident is, as JSON. Null: it is not said.</summary>
    public ReadOnlyMemory<byte>? Near { get; init; }

    /// <summary>Of a merger: where the incident to merge into is, as JSON. Null: it is not said.</summary>
    public ReadOnlyMemory<byte>? Into { get; init; }

    /// <summary>Of a split: what leaves, as a JSON array of <c>source kind</c>. Null: it is not said.</summary>
    public ReadOnlyMemory<byte>? Evidence { get; init; }

    /// <summary>Of an operator's action: who acted.</summary>
    public string? User { get; init; }

    /// <summary>Of an operator's action: why.</summary>
    public string? Note { get; init; }
}
