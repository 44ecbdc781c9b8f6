using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>An external MQTT 5 broker instead of the embedded server. Section <c>Mqtt</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary>Address of the broker: <c>mqtt://host:1883</c>, or <c>mqtts://host:8883</c> for TLS. Default empty: the embedded server.</summary>
    public string Broker { get; set; } = "";

    /// <summary>The platform's user at the broker. Default empty: none.</summary>
    public string BrokerUser { get; set; } = "";

    /// <summary>That user's password, a secret. Default empty: none.</summary>
    public string BrokerPassword { get; set; } = "";

    /// <summary>PEM file of the platform's client certificate; the chain may follow it. Needs <c>mqtts</c> and <see cref="BrokerKey"/>. Default empty: none.</summary>
    public string BrokerCertificate { get; set; } = "";

    /// <summary>PEM file of that certificate's private key, not encrypted. Default empty: none.</summary>
    public string BrokerKey { get; set; } = "";

    /// <summary>PEM file of the authorities that the broker's certificate must come from. Needs <c>mqtts</c>. Default empty: those of the system.</summary>
    public string BrokerAuthority { get; set; } = "";

    /// <summary>Name of the shared subscription, the same on every silo of a cluster; 1..100 characters, none of <c>/ + #</c>. Default <c>civic-signals</c>.</summary>
    public string BrokerGroup { get; set; } = "civic-signals";

    /// <summary>
    /// Client id of this silo: the broker keeps for it what was not acknowledged. Must differ between the silos of a cluster and stay the same when
    /// a silo is started again; 1..100 characters, none of <c>/ + #</c>. Default empty: <c>civic-signals-</c> and the machine's name, so of two silos on one
    /// machine one must be given another.
    /// </summary>
    public string BrokerSession { get; set; } = "";

    internal string Session => BrokerSession.Length > 0 ? BrokerSession : $"civic-signals-{Environment.MachineName}";

    /// <summary>For how long the broker keeps the session while the silo is away, seconds, 60..4,294,967,295 (which is for ever). Default 3,600.</summary>
    public long BrokerSessionExpiry { get; set; } = 3600;

    /// <summary>Unacknowledged messages that the broker may have under way to this silo, 1..65,535: the back-pressure when the ledger is slow. Default 5,000.</summary>
    public int BrokerReceiveMaximum { get; set; } = 5000;
}

internal sealed class BrokerOptionsValidator : IValidateOptions<BrokerOptions>
{
    private const int MostNameLength = 100;
    private const long LeastExpiry = 60;

    public ValidateOptionsResult Validate(string? name, BrokerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(BrokerOptions options)
    {
        BrokerAddress? address = null;
        if (options.Broker.Length > 0 && !BrokerAddress.TryParse(options.Broker, out address))
            yield return "Mqtt:Broker is no address of a broker; expected mqtt://host:1883 or mqtts://host:8883, without user or path";
        if (options.BrokerPassword.Length > 0 && options.BrokerUser.Length == 0)
            yield return "Mqtt:BrokerPassword is given without Mqtt:BrokerUser";
        if (options.BrokerCertificate.Length > 0 != options.BrokerKey.Length > 0)
            yield return $"Mqtt:{(options.BrokerKey.Length > 0 ? "BrokerCertificate" : "BrokerKey")} is empty; a client certificate needs its key and a key its certificate";
        if (address is { IsSecure: false } && (options.BrokerCertificate.Length > 0 || options.BrokerAuthority.Length > 0))
            yield return "Mqtt:Broker is mqtt://, which is not encrypted; Mqtt:BrokerCertificate and Mqtt:BrokerAuthority need mqtts://";
        if (!IsName(options.BrokerGroup))
            yield return $"Mqtt:BrokerGroup is '{options.BrokerGroup}'; expected 1 to {MostNameLength} characters, none of / + #";
        if (!IsName(options.Session))
            yield return $"Mqtt:BrokerSession is '{options.Session}'; expected 1 to {MostNameLength} characters, none of / + #";
        if (options.BrokerSessionExpiry is < LeastExpiry or > uint.MaxValue)
            yield return $"Mqtt:BrokerSessionExpiry is {options.BrokerSessionExpiry}; expected {LeastExpiry} to {uint.MaxValue} seconds";
        if (options.BrokerReceiveMaximum is < 1 or > ushort.MaxValue)
            yield return $"Mqtt:BrokerReceiveMaximum is {options.BrokerReceiveMaximum}; expected 1 to {ushort.MaxValue}";
        if (BrokerCertificates.Problem(options) is { } problem)
            yield return problem;
    }

    private static bool IsName(string name) =>
        name is { Length: > 0 and <= MostNameLength } && !name.AsSpan().ContainsAny("/+#") && !name.Any(char.IsControl) && name[0] != '$';
}
