using System.Globalization;
using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>
/// The MQTT server's own log. What it calls an error is nearly always a client's doing (a broken packet, a lost connection), so it is kept at Debug.
/// </summary>
internal sealed class MqttServerLog(ILogger log) : IMqttNetLogger
{
    public bool IsEnabled => log.IsEnabled(LogLevel.Debug);

    public void Publish(MqttNetLogLevel logLevel, string source, string message, object[]? parameters, Exception? exception)
    {
        if (logLevel >= MqttNetLogLevel.Warning)
            IngestLog.MqttServerNote(log, exception, parameters is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, message, parameters) : message);
    }
}
