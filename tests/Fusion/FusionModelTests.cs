using System.Text;
using System.Text.Json.Nodes;
using CivicSignals.Fusion;

namespace CivicSignals.Tests.Fusion;

/// <summary>A model file is checked at the start, and what is wrong is named.</summary>
public sealed class FusionModelTests
{
    [Theory]
    [InlineData("hazards.Fire.priorLnOdds", "1", "hazards.Fire.priorLnOdds")]
    [InlineData("hazards.Fire.hourLnOdds", "[1,2]", "hazards.Fire.hourLnOdds")]
    [InlineData("hazards.Fire.placeLnOdds", "{\"business\":50}", "hazards.Fire.placeLnOdds")]
    [InlineData("families.home.correlation", "1", "families.home")]
    [InlineData("families.home.besideMinutes", "0", "besideMinutes")]
    [InlineData("sameHome.silentAfterMinutes", "0", "sameHome")]
    [InlineData("kinds.['fire.smoke'].family", "\"sea\"", "'sea' is unknown")]
    [InlineData("kinds.['fire.smoke'].lnLr", "{\"Fire\":99}", "kinds.fire.smoke.lnLr")]
    [InlineData("kinds.['fire.smoke'].silenceLnLr", "1", "kinds.fire.smoke")]
    [InlineData("kinds.['fire.smoke'].halflife", "1", "halflife")]
    [InlineData("rules[0].for", "[\"navy\"]", "rules 'operator'")]
    [InlineData("rules[0].leastBelief", "0.2", "operator")]
    [InlineData("rules[2].windowMinutes", "0", "two-kinds")]
    [InlineData("rules[2].test", "\"Hunch\"", "rules")]
    [InlineData("rules[3].persons", "[]", "alarm-and-person")]
    [InlineData("commonCauses[0].kinds", "[\"fire.smok\"]", "commonCauses 'power'")]
    [InlineData("timeZone", "\"Mars/Olympus\"", "Mars/Olympus")]
    public void Parse_WrongNumber_IsNamed(string path, string value, string named)
    {
        var model = Bundled();
        var last = path.LastIndexOfAny(['.', ']']);
        var wrong = Assert.Throws<FormatException>(() => FusionModel.Parse(Encoding.UTF8.GetBytes(With(model, path, value))));
        Assert.True(last != 0 && wrong.Message.Contains(named, StringComparison.Ordinal), wrong.Message);
    }

    [Fact]
    public void Bundled_EveryNumberHasASource()
    {
        var model = JsonNode.Parse(Bundled())!.AsObject();
        foreach (var section in (string[])["hazards", "families", "kinds"])
            Assert.All(model[section]!.AsObject(), one => Assert.False(string.IsNullOrWhiteSpace(one.Value!["source"]?.GetValue<string>()), one.Key));
        foreach (var section in (string[])["rules", "commonCauses"])
            Assert.All(model[section]!.AsArray(), one => Assert.False(string.IsNullOrWhiteSpace(one!["source"]?.GetValue<string>()), one.ToJsonString()));
    }

    private static string Bundled()
    {
        using var stream = typeof(FusionModel).Assembly.GetManifestResourceStream("CivicSignals.Fusion.fusion-model.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string With(string model, string path, string value)
    {
        var root = JsonNode.Parse(model)!;
        var steps = path.Replace("['", "", StringComparison.Ordinal).Split("'].", 2) is [var head, var tail] && path.Contains("['", StringComparison.Ordinal)
            ? [.. head.Split('.', 2), tail]
            : path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var node = root;
        foreach (var step in steps[..^1])
            node = node is JsonArray array ? array[int.Parse(step, provider: null)]! : node[step]!;
        node[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
