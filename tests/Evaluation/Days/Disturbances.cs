namespace CivicSignals.Evaluation.Days;

/// <summary>What goes wrong in a day besides the incidents. Each can be switched on alone.</summary>
internal sealed record Disturbances
{
    /// <summary>Share of messages that never arrive.</summary>
    public double Loss { get; init; }

    /// <summary>Share of messages that arrive again, up to three times.</summary>
    public double Duplicates { get; init; }

    /// <summary>Share of messages that overtake others by seconds to minutes.</summary>
    public double Reordering { get; init; }

    /// <summary>Share of senders whose clock is up to five minutes wrong.</summary>
    public double ClockSkew { get; init; }

    /// <summary>Share of gateways that are cut off for an hour or two and then send all at once.</summary>
    public double LateBuffers { get; init; }

    /// <summary>A power blip in half of the town: many alarms at once.</summary>
    public bool Storm { get; init; }

    /// <summary>One model's smoke alarms go off together after an update, in about 5 % of homes.</summary>
    public bool Firmware { get; init; }

    /// <summary>A day of raised ambient carbon monoxide.</summary>
    public bool AmbientMonoxide { get; init; }

    /// <summary>50 reporters and 50 accounts tell of a fire in one street that is none.</summary>
    public bool Sybil { get; init; }

    /// <summary>A false post, and a true one, are reposted 500 times.</summary>
    public bool Reposts { get; init; }

    /// <summary>50 reporters say "nothing here" at a real fire.</summary>
    public bool StandDown { get; init; }

    /// <summary>A device's recorded alarm is sent again and again.</summary>
    public bool ReplayedKey { get; init; }

    /// <summary>Posts stuffed with alarming words and a street's name.</summary>
    public bool KeywordPosts { get; init; }

    public static Disturbances None { get; } = new();

    /// <summary>Everything at once, at everyday strength.</summary>
    public static Disturbances All { get; } = new()
    {
        Loss = 0.02,
        Duplicates = 0.05,
        Reordering = 0.03,
        ClockSkew = 0.05,
        LateBuffers = 0.02,
        Storm = true,
        Firmware = true,
        AmbientMonoxide = true,
        Sybil = true,
        Reposts = true,
        StandDown = true,
        ReplayedKey = true,
        KeywordPosts = true,
    };

    /// <summary>Each alone, and strong.</summary>
    public static IReadOnlyList<(string Name, Disturbances Value)> Each { get; } =
    [
        ("none", None),
        ("all", All),
        ("loss", new() { Loss = 0.3 }),
        ("duplicates", new() { Duplicates = 1 }),
        ("reordering", new() { Reordering = 0.3 }),
        ("clock-skew", new() { ClockSkew = 0.5 }),
        ("late-buffers", new() { LateBuffers = 0.2 }),
        ("storm", new() { Storm = true }),
        ("firmware", new() { Firmware = true }),
        ("ambient-monoxide", new() { AmbientMonoxide = true }),
        ("sybil", new() { Sybil = true }),
        ("reposts", new() { Reposts = true }),
        ("stand-down", new() { StandDown = true }),
        ("replayed-key", new() { ReplayedKey = true }),
        ("keyword-posts", new() { KeywordPosts = true }),
    ];

    /// <exception cref="FormatException">There is no such one.</exception>
    public static Disturbances Named(string name) => Each.FirstOrDefault(each => each.Name == name).Value
        ?? throw new FormatException($"'{name}' is no disturbance; there are: {string.Join(", ", Each.Select(each => each.Name))}");
}
