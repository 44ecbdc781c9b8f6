using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Operations;

public sealed class RuleFileTests
{
    private const string Runbook = "docs/operations/runbook.md";

    [Fact]
    public void Rules_Each_LeadsToItsChapterOfTheRunbook()
    {
        var anchors = Regex.Matches(Repository.Read(Runbook), "^#+ (.+)$", RegexOptions.Multiline).Select(match => Anchor(match.Groups[1].Value)).ToHashSet();

        Assert.All(RuleFile.Read(), rule =>
        {
            Assert.Equal($"{Runbook}#{Anchor(rule.Name)}", rule.Runbook);
            Assert.Contains(Anchor(rule.Name), anchors);
        });
    }

    [Fact]
    public void Rules_Each_HasASeverityThatPeopleCanActOn() =>
        Assert.All(RuleFile.Read(), rule => Assert.Contains(rule.Severity, (string[])["critical", "warning"]));

    [Fact]
    public void Rules_Names_AreUnique() => Assert.Distinct(RuleFile.Read().Select(rule => rule.Name));

    /// <summary>As Git hosts make it of a heading.</summary>
    private static string Anchor(string heading) => Regex.Replace(heading.Trim().ToLowerInvariant(), "[^a-z0-9 -]", "").Replace(' ', '-');
}
