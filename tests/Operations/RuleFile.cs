using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Operations;

/// <summary>One alert rule.</summary>
internal sealed record Rule(string Name, string Expression, string Runbook, string Severity);

/// <summary>The alert rules, read from the few shapes of YAML that the file uses. promtool reads all of it.</summary>
internal static class RuleFile
{
    public const string Path = "docs/operations/prometheus-rules.yml";

    private static readonly Regex Shape = new(
        @"^ +- alert: (?<name>\w+)\n +expr: \|\n(?<expr>(?: {10}.*\n)+)(?<rest>(?:(?! +- alert:).*\n)*)", RegexOptions.Multiline);

    public static IReadOnlyList<Rule> Read()
    {
        var text = Repository.Read(Path);
        var rules = Shape.Matches(text)
            .Select(match => new Rule(match.Groups["name"].Value, match.Groups["expr"].Value, Value(match, "runbook_url"), Value(match, "severity")))
            .ToList();
        Assert.Equal(Regex.Count(text, @"- alert:"), rules.Count);
        Assert.NotEmpty(rules);
        return rules;
    }

    private static string Value(Match rule, string key) => Regex.Match(rule.Groups["rest"].Value, $@"^ +{key}: (.+)$", RegexOptions.Multiline).Groups[1].Value;
}
