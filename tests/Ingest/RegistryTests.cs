using System.Text;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task Load_FirstStart_MakesAFirstHomeAndKeepsNoSecret()
    {
        var folder = Directory.CreateTempSubdirectory("civicsignals-registry");
        try
        {
            var store = new MemoryRegistryStore();
            var first = await LoadAsync(store, folder.FullName);
            var again = await LoadAsync(store, folder.FullName);

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
    public async Task Load_MissingFile_NamesTheKey()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => LoadAsync(new MemoryRegistryStore(), "", "no-such-registry.json"));
        Assert.Contains("Registry:File", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_SameFileAgain_LeavesWhatPeopleSet()
    {
        var store = new MemoryRegistryStore();
        await LoadFileAsync(store, Town(("gw1", "s1"), ("gw2", "s2")));
        await store.SaveAsync([store["gw1"]! with { Consents = Consents.None }], default);
        await store.EraseAsync(new HomeRevision(HomeChange.Erased, "gw2", "p-gw2", Consents.None), CancellationToken.None);

        var registry = await LoadFileAsync(store, Town(("gw1", "s1"), ("gw2", "s2")));

        Assert.Equal(Consents.None, registry.Gateway("gw1")!.Consents);
        Assert.Null(registry.Gateway("gw2"));
    }

    [Fact]
    public async Task Load_FileWithANewHome_AddsItAndLeavesTheOthers()
    {
        var store = new MemoryRegistryStore();
        await LoadFileAsync(store, Town(("gw1", "s1")));
        await store.SaveAsync([store["gw1"]! with { Consents = Consents.None }], default);

        var registry = await LoadFileAsync(store, Town(("gw1", "changed"), ("gw2", "s2")));

        Assert.Equal(Consents.None, registry.Gateway("gw1")!.Consents);
        Assert.True(registry.Admits("gw1", "s1"u8));
        Assert.True(registry.Admits("gw2", "s2"u8));
    }

    [Fact]
    public async Task Load_Seed_TakesItsSecretsAnewAndKeepsTheConsents()
    {
        var store = new MemoryRegistryStore();
        await LoadAsync(store, new RegistrySeed(Json(("gw1", "monday"))));
        await store.SaveAsync([store["gw1"]! with { Consents = Consents.None }], default);

        var registry = await LoadAsync(store, new RegistrySeed(Json(("gw1", "tuesday"))));

        Assert.False(registry.Admits("gw1", "monday"u8));
        Assert.True(registry.Admits("gw1", "tuesday"u8));
        Assert.Equal(Consents.None, registry.Gateway("gw1")!.Consents);
    }

    [Fact]
    public void Put_WhileOthersRead_SwapsTheWholeAndCounts()
    {
        var registry = Parse(IngestBench.RegistryJson);
        var version = registry.Version;
        registry.Find("gw1")!.Heard.Count(DateTimeOffset.UnixEpoch.AddDays(1));

        registry.Put(registry.Find("gw1")!.Home with { Consents = Consents.Fire });

        Assert.NotEqual(version, registry.Version);
        Assert.Equal(Consents.Fire, registry.Gateway("gw1")!.Consents);
        Assert.Equal(1, registry.Find("gw1")!.Heard.Read().Messages);
        registry.Remove("gw1");
        Assert.Null(registry.Gateway("gw1"));
        Assert.NotNull(registry.Gateway("gw2"));
    }

    private static string Town(params (string Gateway, string Secret)[] homes)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, Json(homes));
        return path;
    }

    private static byte[] Json(params (string Gateway, string Secret)[] homes) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        premises = homes.Select(home => new { id = $"p-{home.Gateway}", gateway = home.Gateway, secret = home.Secret, lat = 53.0466, lon = -2.9925 }),
    });

    private static async Task<Registry> LoadFileAsync(IRegistryStore store, string file)
    {
        try
        {
            return await LoadAsync(store, "", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<Registry> LoadAsync(IRegistryStore store, string folder, string file = "") =>
        LoadAsync(new ServiceCollection().AddSingleton(store), folder, file);

    private static Task<Registry> LoadAsync(IRegistryStore store, RegistrySeed seed) =>
        LoadAsync(new ServiceCollection().AddSingleton(store).AddSingleton(seed), "", "");

    private static async Task<Registry> LoadAsync(IServiceCollection services, string folder, string file)
    {
        await using var provider = services.AddSingleton(Registry.Empty).BuildServiceProvider();
        var loader = new RegistryLoader(
            Options.Create(new RegistryOptions { File = file }),
            new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", folder)]).Build(),
            TimeProvider.System,
            provider,
            NullLogger<RegistryLoader>.Instance);
        await loader.LoadAsync(CancellationToken.None);
        return provider.GetRequiredService<Registry>();
    }

    private static Registry Parse(string json) => Registry.Parse(Encoding.UTF8.GetBytes(json));
}
