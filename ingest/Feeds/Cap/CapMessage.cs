namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>One CAP message as far as it matters here. Its texts are the sender's own and not cleaned.</summary>
internal sealed record CapMessage
{
    public required string Identifier { get; init; }

    public required string Sender { get; init; }

    public required DateTimeOffset Sent { get; init; }

    /// <summary><c>Actual</c>, or <c>Exercise</c>, <c>System</c>, <c>Test</c>, <c>Draft</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>Alert</c>, <c>Update</c>, <c>Cancel</c>, <c>Ack</c> or <c>Error</c>.</summary>
    public required string MsgType { get; init; }

    /// <summary><c>Public</c>, <c>Restricted</c> or <c>Private</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The earlier messages that it replaces or cancels, the first sent first.</summary>
    public required IReadOnlyList<CapReference> References { get; init; }

    /// <summary>What it says, in English where it does; null: a Cancel that says no more.</summary>
    public CapInfo? Info { get; init; }

    /// <summary>About how long it is, bytes.</summary>
    public int Bytes { get; init; }
}

/// <summary>Names an earlier message.</summary>
internal sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>What a message says in one language.</summary>
internal sealed record CapInfo
{
    public required string Event { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required IReadOnlyList<string> ResponseTypes { get; init; }
    public required string Urgency { get; init; }
    public required string Severity { get; init; }
    public required string Certainty { get; init; }
    public DateTimeOffset? Onset { get; init; }
    public DateTimeOffset? Expires { get; init; }
    public string SenderName { get; init; } = "";
    public string Headline { get; init; } = "";
    public string Web { get; init; } = "";

    /// <summary>The descriptions of all areas.</summary>
    public required IReadOnlyList<string> AreaDescriptions { get; init; }

    /// <summary>The polygons and circles of all areas as closed rings of (lat, lon), degrees.</summary>
    public required IReadOnlyList<IReadOnlyList<(double Lat, double Lon)>> Areas { get; init; }
}

/// <summary>A message, or why it is none.</summary>
/// <param name="Message">Null: it cannot be read.</param>
/// <param name="Reason">One of <see cref="Pipeline.Reasons"/>, or null.</param>
/// <param name="Detail">What exactly is wrong, without data of the message.</param>
internal readonly record struct CapReading(CapMessage? Message, string? Reason = null, string? Detail = null)
{
    public static CapReading Reject(string reason, string detail) => new(null, reason, detail);
}
