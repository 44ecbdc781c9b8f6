using System.Text.Json;
using System.Text.RegularExpressions;
using CivicSignals.Ingest.Documents;

namespace CivicSignals.Tests.Documents;

/// <summary>One example of <c>asyncapi.json</c> with what the document says of it.</summary>
internal sealed record AsyncApiExample(string Dialect, string Address, string Schema, string Name, JsonElement Value, JsonElement Says)
{
    public string Topic => Says.GetProperty("topic").GetString()!;

    public bool Retain => Says.TryGetProperty("retain", out var retain) && retain.GetBoolean();

    public string Outcome => Says.GetProperty("outcome").GetString()!;

    public string? Reason => Says.TryGetProperty("reason", out var reason) ? reason.GetString() : null;

    public string[] Signals => Says.TryGetProperty("signals", out var kinds) ? [.. kinds.EnumerateArray().Select(kind => kind.GetString()!)] : [];

    /// <summary>As it is sent: a text as it is, anything else as JSON.</summary>
    public string Payload => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : Value.GetRawText();

    /// <summary>Whether its topic is one of its channel's: a parameter may be several levels.</summary>
    public bool IsAtItsAddress => Regex.IsMatch(Topic, $"^{Regex.Replace(Regex.Escape(Address).Replace("}", "\\}", StringComparison.Ordinal), @"\\\{\w+\\\}", ".+")}$");

    /// <summary>Every example of every channel, in the document's order.</summary>
    public static List<AsyncApiExample> All()
    {
        var document = JsonDocument.Parse(AsyncApi.Text).RootElement;
        return
        [
            .. from channel in document.GetProperty("channels").EnumerateObject()
            from reference in channel.Value.GetProperty("messages").EnumerateObject()
            let message = At(document, reference.Value.GetProperty("$ref").GetString()!)
            let schema = message.GetProperty("payload").TryGetProperty("$ref", out var place) ? place.GetString()! : ""
            from example in message.GetProperty("examples").EnumerateArray()
            let name = example.GetProperty("name").GetString()!
            select new AsyncApiExample(
                channel.Value.GetProperty("x-dialect").GetString()!,
                channel.Value.GetProperty("address").GetString()!,
                schema,
                name,
                example.GetProperty("payload"),
                message.GetProperty("x-outcome").GetProperty(name)),
        ];
    }

    private static JsonElement At(JsonElement document, string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));
}
