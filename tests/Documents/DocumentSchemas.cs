using System.Text.Json;
using CivicSignals.Tests.Node;

namespace CivicSignals.Tests.Documents;

/// <summary>Values against JSON schemas, by ajv.</summary>
internal static class DocumentSchemas
{
    private static readonly NodeFolder Folder = new("Documents");
    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>What is wrong with an AsyncAPI document by the specification's own schema; empty: nothing.</summary>
    public static Task<string> WrongInAsyncApiAsync(ReadOnlyMemory<byte> document) => RunAsync("asyncapi", document, null);

    /// <summary>What is wrong with values by schemas of a document; empty: nothing.</summary>
    /// <param name="document">The document.</param>
    /// <param name="values">A name to report, the schema's place in the document (<c>#/components/schemas/signal</c>), and the value.</param>
    public static Task<string> WrongInAsync(ReadOnlyMemory<byte> document, IEnumerable<(string Name, string Schema, JsonElement Value)> values) =>
        RunAsync("parts", document, string.Join('\n', values.Select(each => JsonSerializer.Serialize(new { name = each.Name, schema = each.Schema, value = each.Value }))));

    private static async Task<string> RunAsync(string mode, ReadOnlyMemory<byte> document, string? values)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Gate.WaitAsync(cancellation);
        try
        {
            await Folder.InstallAsync(cancellation);
            await File.WriteAllBytesAsync(Folder.File("document.json"), document, cancellation);
            await File.WriteAllTextAsync(Folder.File("values.jsonl"), values ?? "", cancellation);
            return await Folder.RunAsync($"validate.mjs {mode} document.json values.jsonl", cancellation);
        }
        finally
        {
            Gate.Release();
        }
    }
}
