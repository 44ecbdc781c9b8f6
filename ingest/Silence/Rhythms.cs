using System.Text.Json;

namespace CivicSignals.Ingest.Silence;

/// <summary>How long devices and gateways stay quiet when all is well: data, each with its source. The bundled file is <c>rhythms.json</c>.</summary>
/// <param name="Note">What the file is.</param>
/// <param name="Gateway">Of every gateway.</param>
/// <param name="Devices">Of devices, the first that fits.</param>
internal sealed record Rhythms(string Note, GatewayRhythm Gateway, IReadOnlyList<DeviceRhythm> Devices)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>As the platform ships with.</summary>
    public static Rhythms Bundled { get; } = Read();

    /// <summary>How long a device stays quiet; null: not known.</summary>
    /// <param name="dialect">As its dialect is called.</param>
    /// <param name="id">Its own identity in its dialect.</param>
    /// <param name="hasBattery">Whether it tells of a battery.</param>
    public TimeSpan? Of(string dialect, ReadOnlySpan<char> id, bool hasBattery)
    {
        foreach (var rhythm in Devices)
        {
            if (rhythm.Dialect == dialect && (rhythm.Battery is null || rhythm.Battery == hasBattery) && rhythm.FitsId(id))
                return TimeSpan.FromMinutes(rhythm.Minutes);
        }

        return null;
    }

    /// <summary>Whether a device sleeps between its reports: that it is offline means nothing then.</summary>
    public bool Sleeps(ReadOnlySpan<char> id)
    {
        foreach (var rhythm in Devices)
        {
            if (rhythm.Sleeps && rhythm.FitsId(id))
                return true;
        }

        return false;
    }

    private static Rhythms Read()
    {
        using var stream = typeof(Rhythms).Assembly.GetManifestResourceStream("CivicSignals.Ingest.Silence.rhythms.json")!;
        return JsonSerializer.Deserialize<Rhythms>(stream, Json)!;
    }
}

/// <summary>How long a gateway stays quiet.</summary>
/// <param name="Minutes">Longer is silence.</param>
/// <param name="Source">Where the number comes from.</param>
internal sealed record GatewayRhythm(double Minutes, string Source);

/// <summary>How long some devices stay quiet.</summary>
/// <param name="Dialect">The dialect that they speak.</param>
/// <param name="Minutes">Longer is silence.</param>
/// <param name="Source">Where the number comes from.</param>
/// <param name="Battery">Only those that tell of a battery, or that do not; null: both.</param>
/// <param name="Ids">Only those whose identity begins so; null: all.</param>
/// <param name="Sleeps">Whether they disconnect between reports.</param>
internal sealed record DeviceRhythm(string Dialect, double Minutes, string Source, bool? Battery = null, IReadOnlyList<string>? Ids = null, bool Sleeps = false)
{
    public bool FitsId(ReadOnlySpan<char> id)
    {
        if (Ids is null)
            return true;
        foreach (var start in Ids)
        {
            if (id.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
