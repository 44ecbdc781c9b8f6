using System.Globalization;
using System.Text.Json;

namespace CivicSignals.Evaluation.Wire;

/// <summary>Pieces of replay lines.</summary>
internal static class Json
{
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A message's body; <paramref name="payload"/> is JSON.</summary>
    public static string Mqtt(string topic, string payload, bool retain = false) =>
        $"\"via\":\"mqtt\",\"topic\":{Text(topic)},{(retain ? "\"retain\":true," : "")}\"payload\":{payload}}}";
}
