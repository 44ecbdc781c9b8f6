using System.Text;
using CivicSignals.Ingest.Registration;
using CivicSignals.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Ingest;

public sealed class RegistryTests
{
    [Fact]
    public void Parse_ContractsExample_IsReadAndItsSecretAdmits()
    {
        var registry = Parse(IngestBench.RegistryJson);

        Assert.Equal(Consents.Fire | Consents.Police | Consents.Ambulance, registry.Gateway("gw2")!.Consents);
        Assert.Equal("p1", registry.Gateway("gw1")!.Id);
        Assert.Null(registry.Gateway("gw3"));
        Assert.True(registry.Admits("gw1", "s-gw1"u8));
        Assert.False(registry.Admits("gw1", "s-gw2"u8));
        Assert.False(registry.Admits("gw1", ""u8));
        Assert.False(registry.Admits("gw3", ""u8));
    }

    [Theory]
    [InlineData("{\"premises\":[{}]}", "$.premises[0].id")]
    [InlineData("{\"premises\":{}}", "$.premises")]
    [InlineData("{\"premises\":[{\"id\":\"p\",\"gateway\":\"a/b\",\"lat\":1,\"lon\":1}]}", "$.premises[0].gateway")]
    [InlineData("{\"premises\":[{\"id\":\"p\",\"gateway\":\"g\"}]}", "lat and lon")]
    [InlineData("{\"premises\":[{\"id\":\"p\",\"gateway\":\"g\",\"lat\":91,\"lon\":1}]}", "out of range")]
    [InlineData("{\"premises\":[{\"id\":\"p\",\"gateway\":\"g\",\"lat\":1,\"lon\":1,\"consents\":[\"all\"]}]}", "$.premises[0].consents")]
    [InlineData("{\"vehicles\":[{\"id\":\"v\"},{\"id\":\"v\"}]}", "$.vehicles[1].id")]
    [InlineData("{\"vehicles\":[{\"id\":\"v\",\"secretHash\":\"md5$x$y\"}]}", "$.vehicles[0]")]
    [InlineData("{\n\"premises\":[,]}", "line 2")]
    public void Parse_Wrong_SaysWhere(string json, string where) =>
        Assert.Contains(where, Assert.Throws<FormatException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_FirstStart_MakesAFirstHomeAndKeepsNoSecret()
    {
        var folder = Directory.CreateTempSubdirectory("civicsignals-registry");
        try
        {
            var first = Load(folder.FullName);
            var again = Load(folder.FullName);

            Assert.Equal(53.0466, first.Gateway("first-home")!.Place.Lat);
            Assert.Equal(first.Gateway("first-home"), again.Gateway("first-home"));
            Assert.True(again.Gateway("first-home")!.Consents.HasFlag(Consents.Public));
            Assert.DoesNotContain("\"secret\"", File.ReadAllText(Path.Combine(folder.FullName, "registry.json")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_MissingFile_NamesTheKey()
    {
        var loader = new RegistryLoader(
            Options.Create(new RegistryOptions { File = "no-such-registry.json" }),
            new ConfigurationBuilder().Build(),
            NullLogger<RegistryLoader>.Instance);
        Assert.Contains("Registry:File", Assert.Throws<OptionsValidationException>(loader.Load).Message, StringComparison.Ordinal);
    }

    private static Registry Load(string folder) => new RegistryLoader(
        Options.Create(new RegistryOptions()),
        new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", folder)]).Build(),
        NullLogger<RegistryLoader>.Instance).Load();

    private static Registry Parse(string json) => Registry.Parse(Encoding.UTF8.GetBytes(json));
}
