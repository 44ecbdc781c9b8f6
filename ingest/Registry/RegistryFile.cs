using System.Text.Json;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Registration;

/// <summary>The registry's file format.</summary>
internal static class RegistryFile
{
    private const double DefaultUncertaintyM = 15;
    private const int MaxIdLength = 64;
    private const Consents DefaultConsents = Consents.Fire | Consents.Police | Consents.Ambulance;

    public static Registry Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip });
            return new Reader().Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {e.Message}", e);
        }
    }

    private sealed class Reader
    {
        private readonly Dictionary<string, SecretHash> _secrets = [];
        private readonly HashSet<string> _users = [];
        private readonly HashSet<string> _premises = [];

        public Registry Read(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("$: expected an object");
            var premises = Each(root, "premises", ReadPremises);
            var vehicles = Each(root, "vehicles", ReadVehicle);
            var sources = Each(root, "sources", ReadSource);
            return new Registry(premises, vehicles, sources, _secrets);
        }

        private static List<T> Each<T>(JsonElement root, string name, Func<JsonElement, string, T> read)
        {
            var list = new List<T>();
            if (!root.TryGetProperty(name, out var array))
                return list;
            if (array.ValueKind != JsonValueKind.Array)
                throw new FormatException($"$.{name}: expected an array");
            foreach (var element in array.EnumerateArray())
            {
                var path = $"$.{name}[{list.Count}]";
                if (element.ValueKind != JsonValueKind.Object)
                    throw new FormatException($"{path}: expected an object");
                list.Add(read(element, path));
            }

            return list;
        }

        private Premises ReadPremises(JsonElement element, string path)
        {
            var id = Id(element, path, "id");
            if (!_premises.Add(id))
                throw new FormatException($"{path}.id: '{id}' is there twice");
            var gateway = User(element, path, "gateway");
            var place = ReadPlace(element, path) ?? throw new FormatException($"{path}: lat and lon are missing");
            var kind = element.TryGetProperty("kind", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "dwelling";
            return new Premises(id, gateway, place, kind, ReadConsents(element, path));
        }

        private string ReadVehicle(JsonElement element, string path) => User(element, path, "id");

        private RegisteredSource ReadSource(JsonElement element, string path) => new(User(element, path, "id"), ReadPlace(element, path));

        /// <summary>Reads a name that signs in, with its secret: one name, one thing, whatever it is.</summary>
        private string User(JsonElement element, string path, string property)
        {
            var user = Id(element, path, property);
            if (!_users.Add(user))
                throw new FormatException($"{path}.{property}: '{user}' is there twice");
            try
            {
                if (Text(element, path, "secretHash") is { } hash)
                    _secrets[user] = SecretHash.Parse(hash);
                else if (Text(element, path, "secret") is { Length: > 0 } secret)
                    _secrets[user] = SecretHash.Of(secret);
            }
            catch (FormatException e)
            {
                throw new FormatException($"{path}: {e.Message}", e);
            }

            return user;
        }

        private static string Id(JsonElement element, string path, string property)
        {
            var id = Text(element, path, property);
            if (id is not { Length: > 0 and <= MaxIdLength })
                throw new FormatException($"{path}.{property}: expected 1 to {MaxIdLength} characters");
            if (id.AsSpan().ContainsAny("/+#$") || id.Any(char.IsControl) || id.Any(char.IsSurrogate))
                throw new FormatException($"{path}.{property}: may not hold / + # $ or control characters");
            return id;
        }

        private static string? Text(JsonElement element, string path, string property)
        {
            if (!element.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
                return null;
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{path}.{property}: expected a string");
        }

        private static Place? ReadPlace(JsonElement element, string path)
        {
            if (Number(element, path, "lat") is not { } lat || Number(element, path, "lon") is not { } lon)
                return null;
            var place = new Place(lat, lon, Number(element, path, "uncertaintyM") ?? DefaultUncertaintyM);
            return place.IsValid ? place : throw new FormatException($"{path}: lat, lon or uncertaintyM is out of range");
        }

        private static double? Number(JsonElement element, string path, string property)
        {
            if (!element.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
                return null;
            return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw new FormatException($"{path}.{property}: expected a number");
        }

        private static Consents ReadConsents(JsonElement element, string path)
        {
            if (!element.TryGetProperty("consents", out var list))
                return DefaultConsents;
            if (list.ValueKind != JsonValueKind.Array)
                throw new FormatException($"{path}.consents: expected an array");
            var consents = Consents.None;
            foreach (var item in list.EnumerateArray())
            {
                consents |= (item.ValueKind == JsonValueKind.String ? item.GetString() : null) switch
                {
                    "fire" => Consents.Fire,
                    "police" => Consents.Police,
                    "ambulance" => Consents.Ambulance,
                    "highways" => Consents.Highways,
                    "council" => Consents.Council,
                    "public" => Consents.Public,
                    _ => throw new FormatException($"{path}.consents: expected fire, police, ambulance, highways, council or public"),
                };
            }

            return consents;
        }
    }
}
