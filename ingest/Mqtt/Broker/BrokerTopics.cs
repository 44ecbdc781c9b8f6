using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>What the platform subscribes to at an external broker: the topics that the embedded server takes.</summary>
internal sealed class BrokerTopics(IOptions<MqttOptions> mqtt, IOptions<BrokerOptions> broker)
{
    /// <summary>Some brokers take no more filters at once.</summary>
    private const int FiltersAtOnce = 8;

    /// <summary>Orange its-client puts its network's own levels in front; a filter can only say how many.</summary>
    private static readonly string[] Others =
        ["vehicles/#", "signals/#", "vss/#", "owntracks/#", "inQueue/v2x/#", "+/inQueue/v2x/#", "+/+/inQueue/v2x/#", "+/+/+/inQueue/v2x/#"];

    /// <summary>
    /// How topics end on which gateways describe their devices, with how many levels before it below the gateway's name: bases may have levels,
    /// and a filter has to say how many. What is deeper is known once it is said while a silo listens.
    /// </summary>
    private static readonly (string End, int Least, int Most)[] Descriptions =
    [
        ("bridge/devices", 0, 3),
        ("bridge/groups", 0, 3),
        ("config", 3, 5),
        ("+/device_class", 2, 3),
        ("$description", 2, 4),
        ("$name", 3, 4),
        ("$type", 3, 4),
        ("$datatype", 4, 5),
        ("$settable", 4, 5),
        ("$retained", 4, 5),
    ];

    /// <summary>
    /// The shared subscriptions: of what fits them, each message goes to one silo of the group. It comes as it is said, so it is not marked as retained
    /// even if its sender wanted it kept: a silo that has not heard a device before must not take its alarm for an old state.
    /// </summary>
    public IEnumerable<MqttClientSubscribeOptions> Shared() =>
        Subscriptions(
            Homes.Select(home => home + "/#").Concat(Others).Select(filter => $"$share/{broker.Value.BrokerGroup}/{filter}"),
            MqttRetainHandling.DoNotSendOnSubscribe); // As the standard has it for shared ones anyway; Mosquitto 2.0 sends them unless told.

    /// <summary>What one silo reads for all: stored descriptions of homes' devices, which shared subscriptions are not given.</summary>
    public IEnumerable<MqttClientSubscribeOptions> Stored() => Subscriptions(
        from home in Homes
        from description in Descriptions
        from levels in Enumerable.Range(description.Least, description.Most - description.Least + 1)
        select $"{home}/+/{string.Concat(Enumerable.Repeat("+/", levels))}{description.End}",
        MqttRetainHandling.SendAtSubscribe);

    /// <summary>Which silos of the group are there.</summary>
    public IEnumerable<MqttClientSubscribeOptions> Presences() =>
        Subscriptions([BrokerPresence.Topic(broker.Value.BrokerGroup, "+")], MqttRetainHandling.SendAtSubscribe);

    private static IEnumerable<MqttClientSubscribeOptions> Subscriptions(IEnumerable<string> filters, MqttRetainHandling stored) =>
        filters.Chunk(FiltersAtOnce).Select(some => new MqttClientSubscribeOptions
        {
            TopicFilters =
            [
                .. some.Select(filter => new MqttTopicFilter
                {
                    Topic = filter,
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                    RetainHandling = stored,
                }),
            ],
        });

    private IEnumerable<string> Homes => new[] { "homes", mqtt.Value.HomePrefix }.Distinct(StringComparer.Ordinal);
}
