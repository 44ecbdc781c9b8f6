using CivicSignals.Ingest.Mqtt.Broker;

namespace CivicSignals.Tests.Ingest;

public sealed class BrokerOptionsTests
{
    [Theory]
    [InlineData("mqtt://broker.example", "broker.example", 1883, false)]
    [InlineData("mqtts://broker.example", "broker.example", 8883, true)]
    [InlineData("mqtt://10.0.0.7:2883/", "10.0.0.7", 2883, false)]
    [InlineData("mqtts://[::1]:8884", "::1", 8884, true)]
    public void TryParse_Address_IsReadWithItsUsualPort(string text, string host, int port, bool isSecure)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address));
        Assert.Equal(new BrokerAddress(host, port, isSecure), address);
    }

    [Theory]
    [InlineData("broker.example:1883")]
    [InlineData("http://broker.example")]
    [InlineData("mqtt://")]
    [InlineData("mqtt://user:secret@broker.example")]
    [InlineData("mqtt://broker.example/path")]
    [InlineData("mqtt://broker.example:99999")]
    public void Validate_NoAddress_NamesTheKeyAndNotTheValue(string text)
    {
        var problem = Problem(new BrokerOptions { Broker = text });
        Assert.Contains("Mqtt:Broker ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Default_IsTheEmbeddedServerAndValid() => Assert.Equal("", Problem(new BrokerOptions()));

    [Fact]
    public void Validate_WrongValue_NamesItsKey()
    {
        Assert.All<(BrokerOptions Options, string Key)>(
        [
            (new() { BrokerPassword = "p" }, "Mqtt:BrokerPassword"),
            (new() { Broker = "mqtts://b", BrokerKey = "/key.pem" }, "Mqtt:BrokerCertificate"),
            (new() { Broker = "mqtts://b", BrokerCertificate = "/cert.pem" }, "Mqtt:BrokerKey"),
            (new() { Broker = "mqtts://b", BrokerAuthority = "/no/such.pem" }, "Mqtt:BrokerAuthority"),
            (new() { Broker = "mqtts://b", BrokerCertificate = "/no/such.pem", BrokerKey = "/no/such.key" }, "Mqtt:BrokerCertificate"),
            (new() { Broker = "mqtt://b", BrokerAuthority = "/ca.pem" }, "mqtts://"),
            (new() { BrokerGroup = "a/b" }, "Mqtt:BrokerGroup"),
            (new() { BrokerSession = "silo+1" }, "Mqtt:BrokerSession"),
            (new() { BrokerSessionExpiry = 10 }, "Mqtt:BrokerSessionExpiry"),
            (new() { BrokerReceiveMaximum = 0 }, "Mqtt:BrokerReceiveMaximum"),
            (new() { BrokerReceiveMaximum = 65_536 }, "Mqtt:BrokerReceiveMaximum"),
        ],
            wrong => Assert.Contains(wrong.Key, Problem(wrong.Options), StringComparison.Ordinal));
    }

    private static string Problem(BrokerOptions options) => new BrokerOptionsValidator().Validate(null, options).FailureMessage ?? "";
}
