using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Scaip;

/// <summary>A type of device.</summary>
/// <param name="Alarm">Kind of an automatic alarm of it, or null.</param>
/// <param name="Manual">Kind of an alarm that somebody raised, where it differs.</param>
/// <param name="Unit">Whether it is the home unit, which speaks for all its devices.</param>
internal sealed record ScaipDeviceType(string? Alarm, string? Manual, bool Unit);

/// <summary>What a status means.</summary>
/// <param name="Does"><c>alarm</c>, <c>manual</c>, <c>close</c>, <c>normal</c>, <c>begin</c>, <c>end</c> or, for nothing, empty.</param>
/// <param name="Kind">What begins or ends.</param>
/// <param name="Of">The device types of which it means that; null: of all.</param>
internal sealed record ScaipStatusCode(string Does, string? Kind, int[]? Of);

/// <summary>The code lists, from <c>scaip-codes.json</c>.</summary>
internal sealed class ScaipCodes
{
    private const string Resource = "CivicSignals.Ingest.Dialects.Scaip.scaip-codes.json";
    private static readonly ScaipStatusCode Nothing = new("", null, null);

    private readonly Dictionary<int, ScaipDeviceType> _types;
    private readonly Dictionary<int, ScaipStatusCode> _statuses;
    private readonly int _highestStatus;

    private ScaipCodes(JsonElement root)
    {
        _types = root.GetProperty("deviceTypes").Deserialize<Dictionary<int, ScaipDeviceType>>(JsonSerializerOptions.Web)!;
        _statuses = root.GetProperty("statuses").Deserialize<Dictionary<int, ScaipStatusCode>>(JsonSerializerOptions.Web)!;
        _highestStatus = root.GetProperty("highestStatus").GetInt32();
    }

    public static ScaipCodes Embedded { get; } = Load();

    /// <summary>A device type, or null when the list does not have it.</summary>
    public ScaipDeviceType? Type(int code) => _types.GetValueOrDefault(code);

    /// <summary>A status, or null when the list does not have it.</summary>
    public ScaipStatusCode? Status(int code) => code <= _highestStatus ? _statuses.GetValueOrDefault(code, Nothing) : null;

    private static ScaipCodes Load()
    {
        using var file = typeof(ScaipCodes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        using var document = JsonDocument.Parse(file);
        return new ScaipCodes(document.RootElement);
    }
}
