using System.Numerics;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>The keys of a device that matter, at most 64: a property of a message is compared only with keys of its length.</summary>
internal sealed class DeviceKeySet
{
    private const int Lengths = 33;

    private readonly DeviceKey[] _keys;
    private readonly ulong[] _byLength = new ulong[Lengths];
    private readonly ulong _all;
    private readonly ulong[] _silencers;
    private readonly ulong[] _siblings;

    public DeviceKeySet(DeviceKey[] keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, 64);
        _keys = keys;
        HasHazard = keys.Any(key => key.IsHazard);
        HazardKinds = [.. keys.Where(key => key.IsHazard).Select(key => key.Kind).Distinct()];
        HasBattery = keys.Any(key => key.Kind == "supervision.battery");
        for (var i = 0; i < keys.Length; i++)
        {
            _byLength[Math.Min(keys[i].NameLength, Lengths - 1)] |= 1UL << i;
            _all |= 1UL << i;
        }

        _silencers = Array.ConvertAll(keys, key => Mask(other =>
            key.IsHazard && other.Silences is { } silenced && key.Kind.StartsWith(silenced, StringComparison.Ordinal)));
        _siblings = Array.ConvertAll(keys, key => Mask(other => other != key && other.Kind == key.Kind));
    }

    public int Length => _keys.Length;

    /// <summary>Whether any speaks of a hazard.</summary>
    public bool HasHazard { get; }

    /// <summary>The kinds of hazard that they can tell of.</summary>
    public IReadOnlyList<string> HazardKinds { get; }

    /// <summary>Whether any tells of a battery.</summary>
    public bool HasBattery { get; }

    public DeviceKey this[int index] => _keys[index];

    /// <summary>Which keys the property that a reader stands on is, one bit each: two kinds may hang on one property.</summary>
    public ulong Named(ref Utf8JsonReader property)
    {
        var candidates = property.ValueIsEscaped ? _all : _byLength[Math.Min(property.ValueSpan.Length, Lengths - 1)];
        var named = 0UL;
        for (; candidates != 0; candidates &= candidates - 1)
        {
            var i = BitOperations.TrailingZeroCount(candidates);
            if (_keys[i].IsNamed(ref property))
                named |= 1UL << i;
        }

        return named;
    }

    /// <summary>Takes back what means nothing while a device is tested, warms up or is set to watch for something else.</summary>
    /// <param name="values">What a message says, one for each key.</param>
    /// <param name="before">What was said before, one for each key: it still holds where the message says nothing.</param>
    /// <param name="isTested">Whether a test is known of from elsewhere.</param>
    public void Silence(Span<Said> values, ReadOnlySpan<Said> before, bool isTested)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == Said.Active && ((isTested && _keys[i].IsHazard) || IsAnyActive(_silencers[i], values, before)))
                values[i] = Said.Nothing;
        }
    }

    /// <summary>Whether another key still says what this one ends: of two alarm contacts or twenty probes only the last ends the alarm.</summary>
    public bool IsHeldByAnother(int key, ReadOnlySpan<Said> values, ReadOnlySpan<Said> before) => IsAnyActive(_siblings[key], values, before);

    /// <summary>The first key of that name from an index on, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> name, int from)
    {
        for (var i = from; i < _keys.Length; i++)
        {
            if (name.SequenceEqual(_keys[i].Name))
                return i;
        }

        return -1;
    }

    /// <summary>The key of that name and kind, or -1.</summary>
    public int IndexOf(DeviceKey key) => Array.FindIndex(_keys, own => own.Name == key.Name && own.Kind == key.Kind);

    private ulong Mask(Predicate<DeviceKey> matches)
    {
        var mask = 0UL;
        for (var i = 0; i < _keys.Length; i++)
            mask |= matches(_keys[i]) ? 1UL << i : 0;
        return mask;
    }

    private static bool IsAnyActive(ulong which, ReadOnlySpan<Said> values, ReadOnlySpan<Said> before)
    {
        for (; which != 0; which &= which - 1)
        {
            var i = BitOperations.TrailingZeroCount(which);
            if ((values[i] == Said.Nothing ? before[i] : values[i]) == Said.Active)
                return true;
        }

        return false;
    }
}
