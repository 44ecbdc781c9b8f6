using System.Buffers;
using System.Text.Json;

namespace CivicSignals.Silo.Demo;

/// <summary>The demo town as a registry file.</summary>
public static class TownRegistry
{
    /// <summary>Every home and vehicle with its secret, in the registry's format.</summary>
    public static ReadOnlyMemory<byte> Json(TownSecrets secrets)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 19);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("premises");
            foreach (var home in DemoTown.Homes)
                Write(json, home, secrets);
            json.WriteEndArray();
            json.WriteStartArray("vehicles");
            foreach (var vehicle in DemoTown.Vehicles)
            {
                json.WriteStartObject();
                json.WriteString("id", vehicle.Id);
                json.WriteString("secret", secrets.Of(vehicle.Id));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Home home, TownSecrets secrets)
    {
        json.WriteStartObject();
        json.WriteString("id", home.Premises);
        json.WriteString("gateway", home.Gateway);
        json.WriteString("secret", secrets.Of(home.Gateway));
        json.WriteNumber("lat", home.Lat);
        json.WriteNumber("lon", home.Lon);
        json.WriteString("kind", "dwelling");
        json.WriteStartArray("consents");
        foreach (var consent in (ReadOnlySpan<string>)["fire", "police", "ambulance", "public"])
            json.WriteStringValue(consent);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
