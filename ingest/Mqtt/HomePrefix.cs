using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>Strips what stands before a gateway's name in a deployment's topics, and puts the platform's own <c>homes/</c> there.</summary>
internal sealed class HomePrefix(IOptions<MqttOptions> options)
{
    private const string Own = "homes/";

    private readonly string? _configured = options.Value.HomePrefix + "/" is not Own and var prefix ? prefix : null;

    /// <summary>The topic as all that follows knows it.</summary>
    public string Strip(string topic) =>
        _configured is not null && topic.StartsWith(_configured, StringComparison.Ordinal) ? string.Concat(Own, topic.AsSpan(_configured.Length)) : topic;
}
