using System.Text.Json;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>The registry's file format.</summary>
internal static class RegistryFile
{
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="FormatException">It is no registry; the message says where.</exception>
    public static RegistryContent Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
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
        private readonly HashSet<string> _senders = [];
        private readonly HashSet<string> _premises = [];

        public RegistryContent Read(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("$: expected an object");
            var homes = Each(root, "premises", ReadHome);
            Each(root, "vehicles", ReadSender);
            var sources = Each(root, "sources", (element, path) => new RegisteredSource(ReadSender(element, path), new RegistryElement(element, path).Place()));
            return new RegistryContent(homes, _senders, sources, _secrets);
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

        private RegisteredHome ReadHome(JsonElement element, string path)
        {
            var read = new RegistryElement(element, path);
            if (!_premises.Add(read.Id("id")))
                throw new FormatException($"{path}.id: '{read.Id("id")}' is there twice");
            var home = read.Home(mustHavePlace: true);
            TakeName(home.Gateway, $"{path}.gateway");
            return home;
        }

        private string ReadSender(JsonElement element, string path)
        {
            var read = new RegistryElement(element, path);
            var name = read.Id("id");
            TakeName(name, $"{path}.id");
            _senders.Add(name);
            if (read.Secret() is { } secret)
                _secrets[name] = secret;
            return name;
        }

        /// <summary>One name, one thing, whatever it is: it signs in.</summary>
        private void TakeName(string name, string path)
        {
            if (!_users.Add(name))
                throw new FormatException($"{path}: '{name}' is there twice");
        }
    }
}
