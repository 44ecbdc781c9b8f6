namespace CivicSignals.Ingest.Feeds;

/// <summary>One feed that is polled. Section <c>Feeds:0</c>, <c>Feeds:1</c>, ….</summary>
public sealed class FeedOptions
{
    /// <summary>Where it is: an https address; http on this machine only.</summary>
    public string Url { get; set; } = "";

    /// <summary>How it is written: <c>waze</c>, <c>datex2</c> or <c>cap</c> (CAP by Atom or RSS).</summary>
    public string Format { get; set; } = "";

    /// <summary>Seconds from one poll to the next, 15..86,400. Default 120: Waze's own period.</summary>
    public int Every { get; set; } = 120;

    /// <summary>What metrics and pages call it, 1..40 letters, digits, dots, hyphens and underscores, unique. Default: the address's host.</summary>
    public string Name { get; set; } = "";

    /// <summary>The request's Authorization header, a secret. Sent to the feed's own host only. Default empty: none.</summary>
    public string Authorization { get; set; } = "";

    /// <summary>Other hosts, separated by blanks, that a CAP feed may keep its CAP files on: <c>cap.example</c>, <c>cap.example:8443</c>. Default empty.</summary>
    public string CapHosts { get; set; } = "";

    internal Uri Address => new(Url);

    internal string Label => Name.Length > 0 ? Name : Address.Host;
}
