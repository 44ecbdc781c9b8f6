using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>
/// Watches how fast a kitchen's thermometer rises: something left on the cooker warms a room long before a heat alarm sounds. Rise and time are
/// a first choice, to be corrected by what households say; no standard has a number below an alarm's own.
/// </summary>
/// <param name="key">Which of the device's keys says so.</param>
internal sealed class Warming(int key)
{
    /// <summary>Kelvin within <see cref="Window"/> that count as fast.</summary>
    private const double Fast = 10;

    /// <summary>Kelvin within <see cref="Window"/> that are how kitchens are.</summary>
    private const double Usual = 3;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private (DateTimeOffset At, double Degrees)? _lowest;
    private (DateTimeOffset At, double Degrees)? _last;

    /// <summary>Takes a state's temperature, if it has one.</summary>
    public void Take(ReadOnlySpan<byte> payload, Span<Said> values, DateTimeOffset at)
    {
        if (Temperature(payload) is not { } degrees)
            return;
        if (_lowest is not { } lowest || at - lowest.At > Window || degrees < lowest.Degrees)
            lowest = _last is { } last && at - last.At <= Window && last.Degrees < degrees ? last : (at, degrees);
        (_lowest, _last) = (lowest, (at, degrees));
        values[key] = degrees - lowest.Degrees >= Fast ? Said.Active : degrees - lowest.Degrees < Usual ? Said.Inactive : Said.Nothing;
    }

    private static double? Temperature(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, StrictJson.ReaderOptions);
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isIt = reader.ValueTextEquals("temperature"u8);
            reader.Read();
            if (isIt && reader.TokenType == JsonTokenType.Number)
                return reader.TryGetDouble(out var degrees) && double.IsFinite(degrees) ? degrees : null;
            reader.Skip();
        }

        return null;
    }
}
