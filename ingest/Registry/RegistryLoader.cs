using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Registration;

/// <summary>Loads the registry at start; makes one with a first home where there is none.</summary>
internal sealed class RegistryLoader(IOptions<RegistryOptions> options, IConfiguration configuration, ILogger<RegistryLoader> log)
{
    private const string FirstGateway = "first-home";

    /// <exception cref="OptionsValidationException">The file cannot be read or is wrong; the message names the key.</exception>
    public Registry Load()
    {
        var named = options.Value.File;
        var path = named.Length > 0 ? named : Path.Combine(configuration["Data:Path"] is { Length: > 0 } data ? data : "data", "registry.json");
        try
        {
            if (named.Length == 0 && !File.Exists(path))
                WriteFirst(path);
            return Registry.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("Registry", typeof(RegistryOptions), [$"Registry:File: {path}: {e.Message}"]);
        }
    }

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
