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
    private readonly ulong _tests;
    private readonly ulong _warmUps;

    public DeviceKeySet(DeviceKey[] keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, 64);
        _keys = keys;
        for (var i = 0; i < keys.Length; i++)
        {
            _byLength[Math.Min(keys[i].NameLength, Lengths - 1)] |= 1UL << i;
            _all |= 1UL << i;
            _tests |= keys[i].Kind == "supervision.test" ? 1UL << i : 0;
            _warmUps |= keys[i].Kind == "supervision.warm-up" ? 1UL << i : 0;
        }
    }

    public int Length => _keys.Length;

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

    /// <summary>Takes back alarms that a test makes sound, and gas that a sensor reports while it warms up.</summary>
    /// <param name="values">What a message says, one for each key.</param>
    /// <param name="before">What was said before, one for each key: it still holds where the message says nothing.</param>
    public void Silence(Span<Said> values, ReadOnlySpan<Said> before)
    {
        var testing = IsAnyActive(_tests, values, before);
        var warmingUp = IsAnyActive(_warmUps, values, before);
        for (var i = 0; (testing || warmingUp) && i < values.Length; i++)
        {
            if (values[i] == Said.Active && !_keys[i].IsSupervision && (testing || _keys[i].IsGas))
                values[i] = Said.Nothing;
        }
    }

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
