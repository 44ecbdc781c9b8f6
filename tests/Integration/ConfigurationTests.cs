namespace CivicSignals.Tests.Integration;

/// <summary>The command line of the real program.</summary>
[Collection(PlatformCollection.Name)]
public sealed class ConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("civic-configuration-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Http:Port", "eighty")]
    [InlineData("Mqtt:Port", "-1")]
    [InlineData("Mqtt:MaxInFlight", "0")]
    [InlineData("Areas:Zoom", "99")]
    [InlineData("Registry:File", "/no/such/registry.json")]
    [InlineData("Neighbourhoods:File", "/no/such/place.geojson")]
    public async Task Start_WrongValue_IsOneLineThatNamesTheKeyAndAnExitCode(string key, string value)
    {
        var arguments = new Dictionary<string, string> { ["Http:Port"] = "0", ["Mqtt:Port"] = "0", ["Data:Path"] = Path.Combine(_folder, "data"), [key] = value };

        var (code, _, errors) = await PlatformProcess.RunAsync([.. arguments.SelectMany(pair => new[] { $"--{pair.Key}", pair.Value })]);

        Assert.Equal(1, code);
        Assert.Contains(key, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownOption_IsOneLineAndAnExitCode()
    {
        var (code, _, errors) = await PlatformProcess.RunAsync("--Http:Prot", "80");
        Assert.Equal(2, code);
        Assert.Contains("Http:Prot", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnTheDataOfARunningPlatform_IsRefused()
    {
        TownKinds.SkipWhenClustered("its data folder");
        await using var town = await Town.StartAsync();
        var (code, _, errors) = await PlatformProcess.RunAsync("--Http:Port", "0", "--Mqtt:Port", "0", "--Data:Path", town.Data);
        Assert.Equal(1, code);
        Assert.Contains("Data:Path", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Always_ListsVerbsAndOptions()
    {
        var (code, output, errors) = await PlatformProcess.RunAsync("help");
        Assert.Equal((0, ""), (code, errors));
        Assert.All(["demo", "token", "help", "--Http:Port", "--Mqtt:Port", "--Registry:File"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }
}
