using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Registration;

/// <summary>Reads one element of a registry file or import. A <see cref="FormatException"/> says what is wrong with which property.</summary>
/// <param name="element">An object.</param>
/// <param name="path">What the message begins with, such as <c>$.premises[0]</c>; may be empty.</param>
internal readonly struct RegistryElement(JsonElement element, string path)
{
    private const int MaxIdLength = 64;
    private const int MaxKindLength = 40;

    /// <summary>A home; without a place an unclaimed gateway, which has no id either.</summary>
    public RegisteredHome Home(bool mustHavePlace)
    {
        var gateway = Id("gateway");
        var place = Place();
        if (place is null && mustHavePlace)
            throw new FormatException($"{path}: lat and lon are missing");
        var kind = Text("kind") is { Length: > 0 } given ? given : "dwelling";
        if (kind.Length > MaxKindLength || kind.Any(char.IsControl))
            throw new FormatException($"{path}.kind: expected 1 to {MaxKindLength} characters");
        return new RegisteredHome
        {
            Gateway = gateway,
            Premises = place is null ? null : mustHavePlace || Text("id") is { Length: > 0 } ? Id("id") : RandomNames.Premises(),
            Place = place,
            Kind = kind,
            Consents = place is null ? Consents.None : ReadConsents(),
            Secret = Secret()?.ToString(),
            RegisteredAt = default,
        };
    }

    public SecretHash? Secret()
    {
        try
        {
            if (Text("secretHash") is { Length: > 0 } hash)
                return SecretHash.Parse(hash);
            return Text("secret") is { Length: > 0 } secret ? SecretHash.Of(secret) : null;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    public string Id(string property)
    {
        var id = Text(property);
        if (id is not { Length: > 0 and <= MaxIdLength })
            throw new FormatException($"{path}.{property}: expected 1 to {MaxIdLength} characters");
        if (id.AsSpan().ContainsAny("/+#$") || id.Any(char.IsControl) || id.Any(char.IsSurrogate))
            throw new FormatException($"{path}.{property}: may not hold / + # $ or control characters");
        return id;
    }

    public Place? Place()
    {
        if (Number("lat") is not { } lat || Number("lon") is not { } lon)
            return null;
        var place = new Place(lat, lon, Number("uncertaintyM") ?? HomeDraft.DefaultUncertaintyM);
        return place.IsValid ? place : throw new FormatException($"{path}: lat, lon or uncertaintyM is out of range");
    }

    private string? Text(string property)
    {
        if (!element.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{path}.{property}: expected a string");
    }

    private double? Number(string property)
    {
        if (!element.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw new FormatException($"{path}.{property}: expected a number");
    }

    private Consents ReadConsents()
    {
        if (!element.TryGetProperty("consents", out var list))
            return HomeDraft.DefaultConsents;
        if (list.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{path}.consents: expected an array");
        var consents = Consents.None;
        foreach (var item in list.EnumerateArray())
        {
            var consent = ServiceNames.Parse(item.ValueKind == JsonValueKind.String ? item.GetString() : null);
            if (consent == Consents.None)
                throw new FormatException($"{path}.consents: expected fire, police, ambulance, highways, council, public or prevention");
            consents |= consent;
        }

        return consents;
    }
}
