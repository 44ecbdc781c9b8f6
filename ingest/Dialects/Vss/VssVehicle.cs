using CivicSignals.Signals;

namespace CivicSignals.Ingest.Dialects.Vss;

/// <summary>What is remembered of a vehicle whose signals come one by one: where it was a moment ago, and what it said that has not ended.</summary>
internal sealed class VssVehicle(string source)
{
    private const double DefaultAccuracyM = 15;
    private const double MaxAccuracyM = 10_000;
    private const double MetresPerSecond = 30; // A motorway's speed.

    /// <summary>An older position is none.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Place> _said = [];
    private (double Degrees, DateTimeOffset At)? _lat;
    private (double Degrees, DateTimeOffset At)? _lon;
    private double _accuracyM = DefaultAccuracyM;

    public string Source => source;

    /// <summary>To be held while anything else is called.</summary>
    public Lock Gate { get; } = new();

    public void Locate(VssLocation part, double value, DateTimeOffset at)
    {
        switch (part)
        {
            case VssLocation.Latitude:
                _lat = (value, at);
                break;
            case VssLocation.Longitude:
                _lon = (value, at);
                break;
            default:
                _accuracyM = value is > 0 and <= MaxAccuracyM ? value : DefaultAccuracyM;
                break;
        }
    }

    /// <summary>Where it is, the less certain the longer ago that was said; null: nobody knows.</summary>
    public Place? PlaceAt(DateTimeOffset now)
    {
        if (_lat is not { } lat || _lon is not { } lon)
            return null;
        var age = now - (lat.At < lon.At ? lat.At : lon.At);
        if (age > MaxAge)
            return null;
        return new Place(lat.Degrees, lon.Degrees, _accuracyM + (MetresPerSecond * Math.Max(0, age.TotalSeconds)));
    }

    /// <summary>Where it was when it last said that something is so, and has not taken it back; else null.</summary>
    public Place? Said(string kind) => _said.TryGetValue(kind, out var place) ? place : null;

    /// <param name="kind">What.</param>
    /// <param name="place">Where it says so; null: it takes it back.</param>
    public void Say(string kind, Place? place)
    {
        if (place is { } at)
            _said[kind] = at;
        else
            _said.Remove(kind);
    }
}

/// <summary>Ends that a message brought: those that do not arrive come again.</summary>
internal sealed class VssEnds(VssVehicle vehicle, IReadOnlyList<Signal> signals) : IDelivery
{
    public void Undelivered()
    {
        lock (vehicle.Gate)
        {
            foreach (var signal in signals.Where(signal => !signal.Active))
                vehicle.Say(signal.Kind, signal.Place);
        }
    }
}
