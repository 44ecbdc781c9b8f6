using System.Globalization;
using System.Text;

namespace CivicSignals.Tests.Enumeration;

/// <summary>Every Zigbee device that can be bought, as far as zigbee2mqtt knows it, said value by value.</summary>
public sealed class DefinitionTests
{
    private const double Floor = 0.99;

    /// <summary>How many models speak of each, counted by hand over the definitions of 26.112.0: a row that is forgotten here and there alike would show.</summary>
    private static readonly Dictionary<string, int> Counted = new()
    {
        ["fire.smoke"] = 50, // 52 with the two that listen for another alarm's tone.
        ["fire.heat"] = 7,
        ["gas.combustible"] = 30,
        ["gas.co"] = 20,
        ["flood.indoor"] = 85,
        ["medical.fall"] = 3,
        ["sos.panic"] = 29, // 27 by an action and 3 by a state, one of them by both.
        ["supervision.tamper"] = 266,
    };

    private readonly DefinedDevice _device = new();
    private readonly List<string> _misses = [];
    private readonly SortedDictionary<string, (int Values, int Right)> _kinds = new(StringComparer.Ordinal);
    private readonly HashSet<(string Kind, string Model)> _models = [];
    private int _quiet;
    private int _quietRight;

    [Fact]
    public async Task Decode_EveryValueOfEveryDefinition_IsWhatItMeans()
    {
        var definitions = await DeviceDefinitions.LoadAsync(TestContext.Current.CancellationToken);
        Assert.True(definitions.Count > 4500, $"only {definitions.Count} definitions");

        var speaking = 0;
        var right = 0;
        foreach (var definition in definitions)
        {
            var before = _misses.Count;
            var speaks = false;
            foreach (var key in definition.Keys)
                speaks |= Try(definition, key);
            speaking += speaks ? 1 : 0;
            right += speaks && _misses.Count == before ? 1 : 0;
        }

        var share = (double)_kinds.Values.Sum(kind => kind.Right) / _kinds.Values.Sum(kind => kind.Values);
        await File.WriteAllTextAsync(DeviceDefinitions.Report, Report(definitions, speaking, right, share), TestContext.Current.CancellationToken);
        var misses = $"{_misses.Count} misses, first of them: {string.Join("; ", _misses.Take(20))}";
        Assert.All(Counted, kind => Assert.Equal(kind, KeyValuePair.Create(kind.Key, _models.Count(model => model.Kind == kind.Key))));
        Assert.True(share >= Floor, misses);
        Assert.True(_quietRight == _quiet, misses);
        Assert.True((double)right / speaking >= Floor, misses);
    }

    /// <summary>Says each value of a key; answers whether any of them means something.</summary>
    private bool Try(DeviceDefinition definition, PublishedKey key)
    {
        var meanings = key.Values.Distinct().ToDictionary(value => value, value => Expectations.Of(definition.Of, key, value));
        var rest = meanings.FirstOrDefault(meaning => meaning.Value.Count == 0).Key;
        _device.Describe(definition);
        foreach (var (value, _) in meanings.Where(meaning => meaning.Value.Count == 0))
            TryQuiet(definition, key, value);
        foreach (var (value, kinds) in meanings.Where(meaning => meaning.Value.Count > 0))
        {
            _device.Describe(definition);
            TryActive(definition, key, value, kinds, rest);
        }

        return meanings.Values.Any(kinds => kinds.Count > 0);
    }

    private void TryQuiet(DeviceDefinition definition, PublishedKey key, string value)
    {
        var (active, _) = _device.Say(key.Name, value, out _);
        _quiet++;
        if (active.Count == 0)
            _quietRight++;
        else
            Miss(definition, key, value, $"means nothing, was {string.Join(", ", active)}");
    }

    /// <summary>At rest, active, the same again, at rest again.</summary>
    private void TryActive(DeviceDefinition definition, PublishedKey key, string value, HashSet<string> kinds, string? rest)
    {
        if (rest is not null)
            _device.Say(key.Name, rest, out _);
        var (active, _) = _device.Say(key.Name, value, out _);
        _device.Say(key.Name, value, out var isNewsAgain);
        var ended = rest is null ? [] : _device.Say(key.Name, rest, out _).Ended;

        var wrong = active.SetEquals(kinds) ? null : $"is {string.Join(", ", kinds)}, was {string.Join(", ", active.DefaultIfEmpty("nothing"))}";
        wrong ??= isNewsAgain ? "was news when it was repeated" : null;
        wrong ??= key.Type == "binary" && !ended.SetEquals(kinds) ? $"did not end with {rest}" : null;
        if (wrong is not null)
            Miss(definition, key, value, wrong);
        foreach (var kind in kinds)
        {
            var (values, right) = _kinds.GetValueOrDefault(kind);
            if (!definition.IsBrand)
                _models.Add((kind, definition.Model));
            _kinds[kind] = (values + 1, right + (wrong is null ? 1 : 0));
        }
    }

    private void Miss(DeviceDefinition definition, PublishedKey key, string value, string why) =>
        _misses.Add($"{definition.Model}: {key.Name}={value} {why}");

    private string Report(List<DeviceDefinition> definitions, int speaking, int right, double share)
    {
        var text = new StringBuilder();
        var brands = definitions.Count(definition => definition.IsBrand);
        text.Append(CultureInfo.InvariantCulture, $"{definitions.Count - brands:N0} definitions and {brands:N0} rebranded devices; {speaking:N0} of them say something that matters, {right:N0} ({(double)right / speaking:P2}) are right in all values.\n");
        text.Append(CultureInfo.InvariantCulture, $"Active values: {share:P2} right. Other values: {_quietRight:N0} of {_quiet:N0} mean nothing, as they should.\n\n| kind | models | active values | right |\n|---|---:|---:|---:|\n");
        foreach (var (kind, count) in _kinds)
            text.Append(CultureInfo.InvariantCulture, $"| `{kind}` | {_models.Count(model => model.Kind == kind):N0} | {count.Values:N0} | {count.Right:N0} |\n");
        text.Append("\nMisses:\n\n");
        foreach (var miss in _misses)
            text.Append(CultureInfo.InvariantCulture, $"- {miss}\n");
        return text.ToString();
    }
}
