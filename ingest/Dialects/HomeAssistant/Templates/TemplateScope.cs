using System.Text.Json;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>What a template is evaluated over: one message, and room for texts that are not in it as they are needed.</summary>
internal ref struct TemplateScope(ReadOnlySpan<byte> payload, Span<byte> scratch)
{
    private Span<byte> _free = scratch;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Room for a text: of the scratch while that lasts, else new.</summary>
    public Span<byte> Take(int length)
    {
        if (length > _free.Length)
            return new byte[length];
        var taken = _free[..length];
        _free = _free[length..];
        return taken;
    }

    /// <summary>The value at a path of member names in the message.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public TemplateValue Json(byte[][] path)
    {
        var reader = new Utf8JsonReader(Payload, StrictJson.ReaderOptions);
        reader.Read();
        foreach (var name in path)
        {
            if (!Enter(ref reader, name))
                return TemplateValue.Undefined;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueIsEscaped:
                var room = Take(reader.ValueSpan.Length);
                return TemplateValue.Of(room[..reader.CopyString(room)]);
            case JsonTokenType.String:
                return TemplateValue.Of(reader.ValueSpan);
            case JsonTokenType.Number:
                return TemplateValue.Written(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return TemplateValue.Of(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.Null:
                return TemplateValue.None;
            default:
                return TemplateValue.Structure;
        }
    }

    /// <summary>Goes on to the value of a member.</summary>
    private static bool Enter(ref Utf8JsonReader reader, byte[] name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
                return true;
            reader.Skip();
        }

        return false;
    }
}
