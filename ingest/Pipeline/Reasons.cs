namespace CivicSignals.Ingest.Pipeline;

/// <summary>Why a message was rejected or failed: a fixed set, so that it can label a metric.</summary>
public static class Reasons
{
    // Rejected.
    public const string NotJson = "not-json";
    public const string NotXml = "not-xml";
    public const string TooDeep = "too-deep";
    public const string TooLarge = "too-large";
    public const string BadEncoding = "bad-encoding";
    public const string BadTopic = "bad-topic";
    public const string ForeignTopic = "foreign-topic";
    public const string ForeignIdentity = "foreign-identity";
    public const string ForeignKind = "foreign-kind";
    public const string UnregisteredSource = "unregistered-source";
    public const string UnclaimedGateway = "unclaimed-gateway";
    public const string UnknownDialect = "unknown-dialect";
    public const string UnknownKind = "unknown-kind";
    public const string NoPlace = "no-place";
    public const string BadPlace = "bad-place";
    public const string PlaceMismatch = "place-mismatch";
    public const string BadTime = "bad-time";
    public const string BadShape = "bad-shape";
    public const string Undecodable = "undecodable";
    public const string TooMany = "too-many";
    public const string DecoderFault = "decoder-fault";

    // Failed.
    public const string AreaUnavailable = "area-unavailable";
    public const string MemoryUnavailable = "memory-unavailable";
    public const string IntakeUnavailable = "intake-unavailable";
}
