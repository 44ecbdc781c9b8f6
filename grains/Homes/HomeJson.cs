using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>How homes look to outsiders: camel case, enums by name, consents as a list of their words, times as in the ledger.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(UtcMillisecondsConverter), typeof(ConsentsConverter)])]
[JsonSerializable(typeof(Home))]
[JsonSerializable(typeof(IReadOnlyList<Home>))]
[JsonSerializable(typeof(NewHome))]
[JsonSerializable(typeof(IReadOnlyList<Stranger>))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ErasureReport))]
[JsonSerializable(typeof(HomeExport))]
[JsonSerializable(typeof(PreventionList))]
public sealed partial class HomeJson : JsonSerializerContext
{
    /// <summary>The context to use: text as it is, not escaped for HTML; encode it where it is shown.</summary>
    public static HomeJson Lines => Relaxed.Lines;

    // In a class of its own, so that the generated Default, which alone knows the options above, exists before it is copied.
    private static class Relaxed
    {
        public static readonly HomeJson Lines = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>Everything that is held about one home.</summary>
/// <param name="Home">Its registration, with its devices.</param>
/// <param name="ConsentHistory">Every change of its consents, oldest first.</param>
/// <param name="Descriptions">What its gateway described, by topic.</param>
/// <param name="Evidence">Its evidence in the ledger, oldest first.</param>
/// <param name="Facts">What was and is so of its devices and gateway.</param>
/// <param name="Learnt">How often its devices were right, and its false calls.</param>
public sealed record HomeExport(
    Home Home,
    IReadOnlyList<ConsentChange> ConsentHistory,
    IReadOnlyList<GatewayDescription> Descriptions,
    IReadOnlyList<HeldEvidence> Evidence,
    IReadOnlyList<HomeFact> Facts,
    Learnt Learnt);

/// <summary>What a home consented to from a moment on.</summary>
public sealed record ConsentChange(DateTimeOffset At, Consents Consents);

/// <summary>A metadata message, as it came.</summary>
public sealed record GatewayDescription(string Topic, string Payload);

/// <summary>One piece of evidence, or its end.</summary>
/// <param name="Seq">The ledger entry's number.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="Incident">The incident that it belongs to.</param>
/// <param name="Record">The record as the ledger keeps it.</param>
public sealed record HeldEvidence(long Seq, DateTimeOffset At, string Incident, JsonElement Record);

/// <summary>Writes <c>["fire","public"]</c>; an unknown word is no JSON of ours.</summary>
public sealed class ConsentsConverter : JsonConverter<Consents>
{
    public override Consents Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("expected an array");
        var consents = Consents.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var consent = reader.TokenType == JsonTokenType.String ? ServiceNames.Parse(reader.GetString()) : Consents.None;
            consents |= consent != Consents.None ? consent : throw new JsonException("not a consent");
        }

        return consents;
    }

    public override void Write(Utf8JsonWriter writer, Consents value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in ServiceNames.Of(value))
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}
