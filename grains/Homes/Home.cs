using System.Text.Json.Serialization;
using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>A home as its people and the operator see it. Holds no secret.</summary>
public sealed record Home
{
    /// <summary>Name of its gateway: the home's name on the platform, its MQTT user and the second level of its topics. 1..64 characters.</summary>
    public required string Gateway { get; init; }

    /// <summary>Id of the premises, 1..64 characters; null while nobody has claimed the gateway: what it says is then never evidence.</summary>
    public string? Premises { get; init; }

    /// <summary>Where it stands; null while unclaimed.</summary>
    public Place? Place { get; init; }

    /// <summary>What it is, such as <c>dwelling</c>; at most 40 characters.</summary>
    public string Kind { get; init; } = "dwelling";

    /// <summary>For which purposes what is observed there may be used: those whom alerts may tell, and <see cref="Consents.Prevention"/>.</summary>
    public Consents Consents { get; init; }

    /// <summary>What its gateways described, by name; at most <see cref="HomeDevice.MostPerHome"/>.</summary>
    public IReadOnlyList<HomeDevice> Devices { get; init; } = [];

    /// <summary>When it was signed up, imported or made known, UTC.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When its MQTT credential was revoked, UTC; null: it may connect.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>How often and when it was heard.</summary>
    public Hearing Heard { get; init; } = Hearing.Never;

    /// <summary>Changes whenever the resident key does: a session that remembers another one has ended. Tells nothing of the key.</summary>
    [JsonIgnore]
    public string ResidentStamp { get; init; } = "";

    [JsonPropertyName("claimed")]
    public bool IsClaimed => Premises is not null;
}

/// <summary>When and how a gateway, or a name that nobody registered, was heard.</summary>
/// <param name="Messages">Messages since this silo started.</param>
/// <param name="LastAt">When the last was received, UTC, also of earlier starts; null: never.</param>
/// <param name="Dialects">The dialects spoken since this silo started, such as <c>zigbee2mqtt</c>, in the order of the alphabet.</param>
public sealed record Hearing(long Messages, DateTimeOffset? LastAt, IReadOnlyList<string> Dialects)
{
    public static Hearing Never { get; } = new(0, null, []);
}

/// <summary>A name heard on topics without being registered (clients without credentials only). Its messages are rejected.</summary>
/// <param name="Name">Second level of the topic, at most 64 characters.</param>
/// <param name="Heard">How often and when.</param>
public sealed record Stranger(string Name, Hearing Heard);
