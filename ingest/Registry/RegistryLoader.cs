using System.Security.Cryptography;
using System.Text.Json;
using CivicSignals.Ledger;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Registration;

/// <summary>
/// Fills the registry at start: from the store, and from the registry file what is new there. A file whose content was imported already adds nothing, so
/// that a restart undoes neither a withdrawn consent nor an erasure. Where there is no file, one with a first home is made.
/// </summary>
internal sealed class RegistryLoader(IOptions<RegistryOptions> options, IConfiguration configuration, TimeProvider time, IServiceProvider services, ILogger<RegistryLoader> log)
{
    private const string FirstGateway = "first-home";

    private HashSet<string> _named = [];

    /// <summary>Whether the registry file names a gateway.</summary>
    public bool Names(string gateway) => _named.Contains(gateway);

    /// <summary>The registry as the configured file has it, and no more: for what is not kept.</summary>
    /// <exception cref="OptionsValidationException">The file cannot be read or is wrong; the message names the key.</exception>
    public Registry Read() => new(Parse().Content);

    /// <inheritdoc cref="Read"/>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var store = services.GetRequiredService<IRegistryStore>();
        var registry = services.GetRequiredService<Registry>();
        var seed = services.GetService<RegistrySeed>();
        registry.Put(await store.HomesAsync(cancellation));
        var (content, hash) = seed is not null ? (RegistryFile.Parse(seed.Json), null) : HasFile ? Parse() : (RegistryContent.Nothing, null);
        _named = seed is null ? [.. content.Homes.Select(home => home.Gateway)] : [];
        if (content.Names.FirstOrDefault(name => registry.Find(name) is not null) is { } taken)
            throw Wrong($"'{taken}' is a home's gateway already");
        registry.PutSenders(content);
        if (seed is null && (hash is null || hash == await store.ImportedFileAsync(cancellation)))
            return;
        var now = time.GetUtcNow();
        var premises = registry.Gateways.Select(gateway => gateway.Home.Premises).ToHashSet();
        List<RegisteredHome> added = [.. content.Homes
            .Where(home => registry.Find(home.Gateway) is null && !premises.Contains(home.Premises))
            .Select(home => home with { RegisteredAt = now })];
        var left = content.Homes.Count - added.Count;
        if (seed is not null)
            added.AddRange(content.Homes.Where(home => registry.Find(home.Gateway) is not null).Select(home => registry.Find(home.Gateway)!.Home with { Secret = home.Secret }));
        await store.SaveAsync(added, now, hash);
        registry.Put(added);
        if (seed is null)
            IngestLog.RegistryImported(log, added.Count, left);
    }

    /// <summary>Machines that share a ledger have no first home each: their homes are those of the ledger, and of a file that is named.</summary>
    private bool HasFile => options.Value.File.Length > 0 || services.GetService<IRegistryChanges>() is null;

    private (RegistryContent Content, string? Hash) Parse()
    {
        var named = options.Value.File;
        var path = named.Length > 0 ? named : Path.Combine(configuration["Data:Path"] is { Length: > 0 } data ? data : "data", "registry.json");
        try
        {
            if (named.Length == 0 && !File.Exists(path))
                WriteFirst(path);
            var bytes = File.ReadAllBytes(path);
            return (RegistryFile.Parse(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Wrong($"{path}: {e.Message}");
        }
    }

    private static OptionsValidationException Wrong(string why) => new("Registry", typeof(RegistryOptions), [$"Registry:File: {why}"]);

    private void WriteFirst(string path)
    {
        var secret = SecretHash.Generate();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = path + ".new";
        using (var file = new FileStream(draft, DraftOptions()))
        {
            using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
                WriteFirst(json, SecretHash.Of(secret));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        IngestLog.FirstGateway(log, FirstGateway, secret, path);
    }

    private static FileStreamOptions DraftOptions()
    {
        var draft = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            draft.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return draft;
    }

    private static void WriteFirst(Utf8JsonWriter json, SecretHash secret)
    {
        json.WriteStartObject();
        json.WriteStartArray("premises");
        json.WriteStartObject();
        json.WriteString("id", FirstGateway);
        json.WriteString("gateway", FirstGateway);
        json.WriteString("secretHash", secret.ToString());
        json.WriteNumber("lat", 53.0466);
        json.WriteNumber("lon", -2.9925);
        json.WriteString("kind", "dwelling");
        json.WriteStartArray("consents");
        foreach (var consent in (string[])["fire", "police", "ambulance", "highways", "council", "public"])
            json.WriteStringValue(consent);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("vehicles");
        json.WriteEndArray();
        json.WriteStartArray("sources");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
