using System.Text;
using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.Vss;

/// <summary>One value of one signal in a payload.</summary>
/// <param name="Signal">Which.</param>
/// <param name="Text">Where its text is: VISS writes all values as strings.</param>
/// <param name="At">The vehicle's time, or null.</param>
internal readonly record struct VssValue(VssSignal Signal, Range Text, DateTimeOffset? At);

/// <summary>
/// The signals in a payload: flat (<c>{"Vehicle.Speed":{"value":42,"timestamp":"…"}}</c>) or as VISS has them
/// (<c>{"data":{"path":"Vehicle.Speed","dp":{"value":"42","ts":"…"}}}</c>), where both may be arrays. Those of no interest are passed over.
/// </summary>
internal ref struct VssReport(ReadOnlySpan<byte> payload)
{
    private const int MaxPath = 128;
    private const int MaxValues = 64;

    private Utf8JsonReader _reader = new(payload, StrictJson.ReaderOptions);

    /// <summary>What is of interest, in the payload's order; null: nothing.</summary>
    public List<VssValue>? Values { get; private set; }

    /// <summary>Whether there were signals at all.</summary>
    public bool HasSignals { get; private set; }

    /// <summary>Reads an object of signals.</summary>
    public void ReadAll()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
            return;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("data"u8))
            {
                _reader.Read();
                ReadData();
            }
            else
            {
                var signal = Find();
                _reader.Read();
                ReadPoints(signal);
            }
        }

        _reader.Read(); // Nothing may follow.
    }

    /// <summary>Reads the value of a signal that the topic names.</summary>
    public void ReadOne(VssSignal? signal)
    {
        HasSignals = true;
        _reader.Read();
        ReadPoints(signal);
        _reader.Read(); // Nothing may follow.
    }

    /// <summary>Stands on what VISS calls data: a signal's, or an array of such.</summary>
    private void ReadData()
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                ReadPath();
        }
        else
        {
            ReadPath();
        }
    }

    /// <summary>Stands on one signal's data: a path and points, in either order.</summary>
    private void ReadPath()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        VssSignal? signal = null;
        Utf8JsonReader points = default;
        var hasPoints = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isPath, isPoints) = (_reader.ValueTextEquals("path"u8), _reader.ValueTextEquals("dp"u8));
            _reader.Read();
            if (isPath && _reader.TokenType == JsonTokenType.String)
                signal = Find();
            if (isPoints)
            {
                points = _reader;
                hasPoints = true;
            }

            _reader.Skip();
        }

        if (signal is null || !hasPoints)
            return;
        var end = _reader;
        _reader = points;
        ReadPoints(signal);
        _reader = end;
    }

    /// <summary>Stands on a signal's value, or an array of its values over time.</summary>
    private void ReadPoints(VssSignal? signal)
    {
        if (signal is null)
        {
            _reader.Skip();
        }
        else if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                ReadPoint(signal);
        }
        else
        {
            ReadPoint(signal);
        }
    }

    private void ReadPoint(VssSignal signal)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            if (Text() is { } plain)
                Add(signal, plain, null);
            _reader.Skip();
            return;
        }

        Range? text = null;
        DateTimeOffset? at = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isValue, isTime) = (_reader.ValueTextEquals("value"u8), _reader.ValueTextEquals("timestamp"u8) || _reader.ValueTextEquals("ts"u8));
            _reader.Read();
            if (isValue)
                text = Text();
            else if (isTime)
                at = ObservedTime.Zoned(ref _reader);
            _reader.Skip();
        }

        if (text is { } found)
            Add(signal, found, at);
    }

    private void Add(VssSignal signal, Range text, DateTimeOffset? at)
    {
        Values ??= [];
        if (Values.Count < MaxValues)
            Values.Add(new VssValue(signal, text, at));
    }

    /// <summary>Where the text of the value is that the reader stands on; null: it is no plain value.</summary>
    private readonly Range? Text()
    {
        var start = (int)_reader.TokenStartIndex + (_reader.TokenType == JsonTokenType.String ? 1 : 0);
        return _reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
            ? start..(start + _reader.ValueSpan.Length)
            : null;
    }

    /// <summary>The signal whose full path is the text that the reader stands on.</summary>
    private VssSignal? Find()
    {
        Span<char> path = stackalloc char[MaxPath];
        if (_reader.ValueSpan.Length > MaxPath || !Encoding.UTF8.TryGetChars(_reader.ValueSpan, path, out var length))
            return null;
        path = path[..length];
        if (!path.StartsWith(VssDialect.Root))
            return null;
        HasSignals = true;
        return VssSignal.Find(path[VssDialect.Root.Length..]);
    }
}
