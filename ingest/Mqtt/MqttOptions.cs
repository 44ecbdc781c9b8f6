using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>The MQTT side. Section <c>Mqtt</c>.</summary>
public sealed class MqttOptions
{
    /// <summary>TCP port that the embedded server listens on, 0..65535; 0 takes any free one. Default 1883.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>Lets clients on this machine in without credentials, for a first try and for tests. Default false.</summary>
    public bool Anonymous { get; set; }

    /// <summary>
    /// Levels that stand before a gateway's name in topics, without a slash at the end, 1..64 characters; what follows them is taken as the gateway
    /// sends it. <c>homes</c>, the default, is always understood too.
    /// </summary>
    public string HomePrefix { get; set; } = "homes";

    /// <summary>Messages in flight, 1..1,000,000, at which senders are not read from. Default 20,000.</summary>
    public int MaxInFlight { get; set; } = 20_000;
}

internal sealed class MqttOptionsValidator : IValidateOptions<MqttOptions>
{
    public ValidateOptionsResult Validate(string? name, MqttOptions options)
    {
        if (options.Port is < 0 or > 65535)
            return ValidateOptionsResult.Fail($"Mqtt:Port is {options.Port}; expected 0 to 65535");
        if (!IsPrefix(options.HomePrefix))
            return ValidateOptionsResult.Fail($"Mqtt:HomePrefix is '{options.HomePrefix}'; expected levels such as home or council/homes, not vehicles or signals");
        return options.MaxInFlight is < 1 or > 1_000_000
            ? ValidateOptionsResult.Fail($"Mqtt:MaxInFlight is {options.MaxInFlight}; expected 1 to 1000000")
            : ValidateOptionsResult.Success;
    }

    private static bool IsPrefix(string prefix) =>
        prefix is { Length: > 0 and <= 64 }
        && TopicRules.IsWellFormed(prefix)
        && !prefix.AsSpan().ContainsAny('+', '#')
        && prefix.Split('/') is [not ("vehicles" or "signals"), ..] levels
        && levels.All(level => level.Length > 0);
}
