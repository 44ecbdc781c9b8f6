namespace CivicSignals.Ingest.Dialects.Shelly;

/// <summary>What a topic of the second generation is about.</summary>
internal enum ShellySubject
{
    /// <summary>Something that says nothing.</summary>
    Other,

    /// <summary><c>{owner}/online</c>: the last will.</summary>
    Online,

    /// <summary><c>{owner}/events/rpc</c>: notifications.</summary>
    Notification,

    /// <summary><c>{anyone}/rpc</c>: a device's answer to a question, such as for its settings.</summary>
    Answer,

    /// <summary><c>{owner}/status/{component}</c>.</summary>
    Status,

    /// <summary><c>{owner}/events/ble</c>: what a script heard of a Bluetooth sensor.</summary>
    Bluetooth,
}

/// <summary>A topic of Shelly's second generation and later; the owner's own prefix may be anything.</summary>
internal readonly ref struct ShellyTopic
{
    public ShellySubject Subject { get; private init; }

    /// <summary>The prefix of the device's topics; by default its id.</summary>
    public ReadOnlySpan<char> Owner { get; private init; }

    /// <summary>Such as <c>smoke:0</c>.</summary>
    public ReadOnlySpan<char> Component { get; private init; }

    /// <summary>Whether it can be nothing else, whatever the owner is called.</summary>
    public bool IsUnmistakable => Subject is ShellySubject.Notification or ShellySubject.Bluetooth
        || (Subject == ShellySubject.Status && ShellyKeys.OfComponent(Component) is not null)
        || (Owner[(Owner.LastIndexOf('/') + 1)..].StartsWith("shelly") && !IsFirstGeneration);

    private bool IsFirstGeneration => Owner.StartsWith("shellies/") || Owner.Contains("/shellies/", StringComparison.Ordinal);

    public static ShellyTopic Of(ReadOnlySpan<char> path)
    {
        if (path.EndsWith("/events/rpc"))
            return new ShellyTopic { Subject = ShellySubject.Notification, Owner = path[..^"/events/rpc".Length] };
        if (path.EndsWith("/events/ble"))
            return new ShellyTopic { Subject = ShellySubject.Bluetooth, Owner = path[..^"/events/ble".Length] };
        if (path.EndsWith("/online"))
            return new ShellyTopic { Subject = ShellySubject.Online, Owner = path[..^"/online".Length] };
        if (path.EndsWith("/rpc"))
            return new ShellyTopic { Subject = ShellySubject.Answer, Owner = path[..^"/rpc".Length] };
        var status = path.LastIndexOf("/status/", StringComparison.Ordinal);
        return status > 0
            ? new ShellyTopic { Subject = ShellySubject.Status, Owner = path[..status], Component = path[(status + "/status/".Length)..] }
            : new ShellyTopic { Owner = path[..Math.Max(0, path.IndexOf('/'))] };
    }
}
