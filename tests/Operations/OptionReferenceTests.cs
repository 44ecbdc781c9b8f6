using CivicSignals.Silo.CommandLine;

namespace CivicSignals.Tests.Operations;

public sealed class OptionReferenceTests
{
    [Fact]
    public async Task Options_Printed_IsTheCommittedReference()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await new Commands(new OptionsVerb()).RunAsync(["options"], output, errors);

        Assert.Equal((0, ""), (code, errors.ToString()));
        Assert.True(
            Repository.Read("docs/operations/configuration.md") == output.ToString(),
            "docs/operations/configuration.md is old: dotnet run --project silo -- options > docs/operations/configuration.md");
    }

    [Fact]
    public void Find_EverySetting_HasAPropertyWithTheDefaultThatTheHelpShows()
    {
        var options = BoundOptions.Read();

        Assert.All(Setting.All, setting => Assert.Equal((setting.Key, setting.Default), (setting.Key, options.Find(setting.Key).Default)));
    }

    [Theory]
    [InlineData("Http:Prot")]
    [InlineData("Nowhere:File")]
    [InlineData("Deliveries:Mastodon:0:Ulr")]
    public void Find_KeyThatNothingIsBoundTo_Fails(string key) =>
        Assert.Contains(key, Assert.Throws<InvalidOperationException>(() => BoundOptions.Read().Find(key)).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_AKeyOfAList_IsExplainedByItsElement()
    {
        var every = BoundOptions.Read().Find("Feeds:0:Every");

        Assert.Equal(("whole number", "120"), (every.Type, every.Default));
        Assert.StartsWith("Seconds from one poll to the next", every.Meaning, StringComparison.Ordinal);
    }
}
