using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Silo.Replay;

/// <summary>Takes a recording's line apart without building a document: payloads stay as they were written.</summary>
internal static class LineParser
{
    // Deeper than any decoder takes, so that the decoders say what is too deep.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads one line.</summary>
    /// <param name="line">UTF-8 JSON.</param>
    /// <param name="parsed">What it says, when it can be read.</param>
    /// <returns>Null, or one of <see cref="Reasons"/>: why it cannot be read.</returns>
    public static string? TryParse(ReadOnlyMemory<byte> line, out RecordedLine parsed)
    {
        parsed = default;
        try
        {
            var reader = new Utf8JsonReader(line.Span, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Reasons.BadShape;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                parsed = ReadMember(ref reader, line, parsed);
            while (reader.Read())
            {
                // A second value would be no JSON line: the reader throws.
            }

            return parsed.At >= Earliest && parsed.At < Latest ? null : Reasons.BadTime;
        }
        catch (JsonException)
        {
            return Reasons.NotJson;
        }
        catch (InvalidOperationException)
        {
            return Reasons.BadEncoding; // Text that is no text: invalid UTF-8 or an escaped lone surrogate.
        }
    }

    private static RecordedLine ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, RecordedLine parsed)
    {
        if (reader.ValueTextEquals("at"u8))
            return parsed with { At = Time(ref reader) };
        if (reader.ValueTextEquals("via"u8))
            return parsed with { Via = Text(ref reader) };
        if (reader.ValueTextEquals("topic"u8))
            return parsed with { Topic = Text(ref reader) };
        if (reader.ValueTextEquals("retain"u8))
            return parsed with { Retain = Flag(ref reader) };
        if (reader.ValueTextEquals("payload"u8))
            return parsed with { Payload = Payload(ref reader, line) };
        if (reader.ValueTextEquals("frame"u8))
            return parsed with { Frame = Raw(ref reader, line) };
        if (reader.ValueTextEquals("event"u8))
            return parsed with { Event = Text(ref reader) };
        if (reader.ValueTextEquals("report"u8))
            return parsed with { Report = Raw(ref reader, line) };
        if (reader.ValueTextEquals("action"u8))
            return parsed with { Action = Text(ref reader) };
        if (reader.ValueTextEquals("near"u8))
            return parsed with { Near = Raw(ref reader, line) };
        if (reader.ValueTextEquals("into"u8))
            return parsed with { Into = Raw(ref reader, line) };
        if (reader.ValueTextEquals("evidence"u8))
            return parsed with { Evidence = Raw(ref reader, line) };
        if (reader.ValueTextEquals("user"u8))
            return parsed with { User = Text(ref reader) };
        if (reader.ValueTextEquals("note"u8))
            return parsed with { Note = Text(ref reader) };
        reader.Skip();
        return parsed;
    }

    private static DateTimeOffset Time(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var at))
        {
            reader.Skip();
            return default;
        }

        // Without a zone it is UTC, whatever this machine's zone is.
        return reader.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero) : at.ToUniversalTime();
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>A JSON value as it is written; of a string, what it says: the device sent no JSON.</summary>
    private static ReadOnlyMemory<byte> Payload(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        var ahead = reader;
        ahead.Read();
        if (ahead.TokenType != JsonTokenType.String)
            return Raw(ref reader, line);
        reader = ahead;
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    private static ReadOnlyMemory<byte> Raw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }
}
