using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Homie;

/// <summary>One device as it described itself. Its nodes and properties are paths below it: <c>door</c>, <c>door/open</c>.</summary>
internal sealed class HomieDevice
{
    /// <summary>Further nodes and properties are not taken in: bounds memory against invented ones.</summary>
    private const int MaxParts = 500;
    private const int MaxText = 200;

    private readonly Dictionary<string, HomiePart> _parts = [];

    public Link Link { get; } = new();

    public Body Body { get; } = new();

    /// <summary>Paths of all properties.</summary>
    public IEnumerable<string> Properties => _parts.Keys.Where(path => path.Contains('/'));

    /// <summary>Takes in one attribute of a node or property, as versions 3 and 4 publish them; whether it is of interest.</summary>
    public bool Describe(string path, ReadOnlySpan<char> attribute, string text)
    {
        if (!_parts.TryGetValue(path, out var part))
            part = new HomiePart();
        if (text.Length > MaxText || part.With(attribute, text) is not { } now)
            return false;
        if (_parts.Count < MaxParts || _parts.ContainsKey(path))
            _parts[path] = now;
        return true;
    }

    /// <summary>Takes in a node or property as version 5 describes it.</summary>
    public void Describe(string path, HomiePart part)
    {
        if (_parts.Count < MaxParts)
            _parts[path] = part;
    }

    /// <summary>Forgets what it is made of.</summary>
    public void Clear() => _parts.Clear();

    /// <summary>What a property says, or null when it is of no interest.</summary>
    public DeviceKeySet? KeysOf(string path)
    {
        if (!_parts.TryGetValue(path, out var property) || property.DataType != "boolean" || property.IsSettable)
            return null;
        var node = _parts.GetValueOrDefault(path[..path.IndexOf('/')]) ?? new HomiePart();
        return Wording.KindOf($"{path} {node.Name} {node.Type} {property.Name}") is { } kind
            ? DeviceKeySets.Shared([new DeviceKey("", kind, ["true"], ["false"], momentary: !property.IsRetained)])
            : null;
    }
}

/// <summary>A node or a property.</summary>
internal sealed record HomiePart
{
    public string Name { get; init; } = "";

    public string Type { get; init; } = "";

    public string DataType { get; init; } = "";

    /// <summary>Whether it is set from outside: no sensor's then.</summary>
    public bool IsSettable { get; init; }

    /// <summary>Whether it is a state; else each message is an event.</summary>
    public bool IsRetained { get; init; } = true;

    /// <summary>The same with one attribute changed; null when that is of no interest.</summary>
    public HomiePart? With(ReadOnlySpan<char> attribute, string text) => attribute switch
    {
        "$name" => this with { Name = text },
        "$type" => this with { Type = text },
        "$datatype" => this with { DataType = text },
        "$settable" => this with { IsSettable = text == "true" },
        "$retained" => this with { IsRetained = text != "false" },
        _ => null,
    };
}
