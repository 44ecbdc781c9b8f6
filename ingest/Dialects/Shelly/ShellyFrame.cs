using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Ingest.Dialects.Shelly;

/// <summary>Reads one message of a device of the second generation. Its members take a reader that stands on an object, to that object's end.</summary>
internal readonly struct ShellyFrame(ShellyDialect dialect, Home home, ReadOnlyMemory<char> owner, in InboundMessage message)
{
    private const int MaxNameLength = 64;

    private readonly InboundMessage _message = message;

    /// <summary><c>{"src":…,"method":"NotifyStatus","params":{"ts":…,"smoke:0":{…}}}</c>.</summary>
    public Decoded ReadNotification(ref Utf8JsonReader reader)
    {
        var decoded = Decoded.Ambient;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isParams = reader.ValueTextEquals("params"u8);
            reader.Read();
            if (isParams && reader.TokenType == JsonTokenType.StartObject)
                decoded = decoded.And(ReadComponents(ref reader));
            else
                reader.Skip();
        }

        return decoded;
    }

    /// <summary><c>{"src":"shellyfloodg4-…","result":{"flood:0":{"alarm_mode":"rain"}}}</c>: the owner is who asked, the source who answers.</summary>
    public Decoded ReadAnswer(ref Utf8JsonReader reader)
    {
        var decoded = Decoded.Ambient;
        Span<char> name = stackalloc char[MaxNameLength];
        var source = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isSource, isResult) = (reader.ValueTextEquals("src"u8), reader.ValueTextEquals("result"u8));
            reader.Read();
            if (isSource)
                source = $"{owner.Span[..(owner.Span.LastIndexOf('/') + 1)]}{name[..Copy(ref reader, name)]}";
            if (isResult && source.Length is > 0 and <= MaxNameLength && reader.TokenType == JsonTokenType.StartObject)
                decoded = new ShellyFrame(dialect, home, source.AsMemory(), _message).ReadComponents(ref reader);
            else
                reader.Skip();
        }

        return decoded;
    }

    /// <summary><c>{"ts":…,"smoke:0":{…},"devicepower:0":{…},"events":[…]}</c>.</summary>
    private Decoded ReadComponents(ref Utf8JsonReader reader)
    {
        var decoded = Decoded.Ambient;
        Span<char> name = stackalloc char[MaxNameLength];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvents = reader.ValueTextEquals("events"u8);
            var component = name[..Copy(ref reader, name)];
            reader.Read();
            if (isEvents && reader.TokenType == JsonTokenType.StartArray)
                decoded = decoded.And(ReadEvents(ref reader));
            else if (reader.TokenType == JsonTokenType.StartObject)
                decoded = decoded.And(ReadComponent(ref reader, component));
            else
                reader.Skip();
        }

        return decoded;
    }

    /// <summary>One component's status: only what it names has changed; what is null is no more.</summary>
    public Decoded ReadComponent(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> component)
    {
        if (ShellyKeys.OfComponent(component) is not { } keys || dialect.Meet(home, owner.Span, component, keys) is not { } device)
        {
            reader.Skip();
            return Decoded.Ambient;
        }

        Span<Said> values = stackalloc Said[ShellyKeys.MostOfComponent];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("errors"u8))
                Set(values, device, "errors", ReadErrors(ref reader));
            else if (reader.ValueTextEquals("battery"u8))
                ReadBattery(ref reader, device.Keys, values);
            else if (reader.ValueTextEquals("alarm_mode"u8))
                device = ReadMode(ref reader, component, device, values);
            else
                DeviceState.ReadProperty(ref reader, device.Keys, values);
        }

        return Take(device, values[..device.Keys.Length]);
    }

    /// <summary>What a script makes of an advertisement: <c>{"address":"b4:35:…","window":1,"battery":100}</c>.</summary>
    public Decoded ReadBlu(ref Utf8JsonReader reader)
    {
        Span<Said> values = stackalloc Said[ShellyKeys.Blu.Length];
        Span<char> text = stackalloc char[MaxNameLength];
        var length = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("address"u8))
            {
                reader.Read();
                length = Copy(ref reader, text);
                reader.Skip();
            }
            else
            {
                DeviceState.ReadProperty(ref reader, ShellyKeys.Blu, values);
            }
        }

        if (length == 0 || values.IndexOfAnyExcept(Said.Nothing) < 0)
            return Decoded.Ambient;
        return dialect.MeetBlu(home, text[..length]) is { } device ? Take(device, values) : Decoded.Ambient;
    }

    private Decoded ReadEvents(ref Utf8JsonReader reader)
    {
        var decoded = Decoded.Ambient;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                decoded = decoded.And(ReadEvent(ref reader));
            else
                reader.Skip();
        }

        return decoded;
    }

    /// <summary><c>{"component":"smoke:0","event":"alarm_test"}</c>, or a script's event with what it heard.</summary>
    private Decoded ReadEvent(ref Utf8JsonReader reader)
    {
        var decoded = Decoded.Ambient;
        Span<char> component = stackalloc char[MaxNameLength];
        Span<char> name = stackalloc char[MaxNameLength];
        var (componentLength, nameLength) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isComponent, isEvent, isData) = (reader.ValueTextEquals("component"u8), reader.ValueTextEquals("event"u8), reader.ValueTextEquals("data"u8));
            reader.Read();
            if (isComponent)
                componentLength = Copy(ref reader, component);
            else if (isEvent)
                nameLength = Copy(ref reader, name);
            if (isData && reader.TokenType == JsonTokenType.StartObject)
                decoded = decoded.And(ReadBlu(ref reader));
            else
                reader.Skip();
        }

        component = component[..componentLength];
        name = name[..nameLength];
        if (ShellyKeys.OfComponent(component) is not { } keys || dialect.Meet(home, owner.Span, component, keys) is not { } device)
            return decoded;
        Span<Said> values = stackalloc Said[device.Keys.Length];
        switch ((ReadOnlySpan<char>)name[(name.IndexOf('.') + 1)..])
        {
            case "alarm_test": Set(values, device, "alarm_test", Said.Active); break;
            case "alarm": Set(values, device, "alarm", Said.Active); break;
            case "alarm_off": Set(values, device, "alarm", Said.Inactive); break;
        }

        return decoded.And(Take(device, values));
    }

    private Decoded Take(Device device, Span<Said> values) =>
        values.IndexOfAnyExcept(Said.Nothing) < 0 ? Decoded.Ambient : device.Take(values, _message, Time().Believed(_message.ReceivedAt));

    /// <summary>The frame's own time, wherever it stands in it.</summary>
    private DateTimeOffset? Time()
    {
        var reader = new Utf8JsonReader(_message.Payload.Span, StrictJson.ReaderOptions);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2 || !reader.ValueTextEquals("ts"u8))
                continue;
            reader.Read();
            return ObservedTime.UnixSeconds(ref reader);
        }

        return null;
    }

    /// <summary>A setting: which keys there are may change, and what was read before is void then.</summary>
    private Device ReadMode(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> component, Device device, scoped Span<Said> values)
    {
        reader.Read();
        var isRain = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("rain"u8);
        reader.Skip();
        if (!component.StartsWith("flood:") || device.Keys == (isRain ? ShellyKeys.Rain : ShellyKeys.Flood))
            return device;
        values.Clear();
        return dialect.Change(home, owner.Span, component, device, isRain ? ShellyKeys.Rain : ShellyKeys.Flood);
    }

    /// <summary>A list of errors, which is absent or null where there is none.</summary>
    private static Said ReadErrors(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return Said.Inactive;
        }

        var any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            reader.Skip();
        }

        return any ? Said.Active : Said.Inactive;
    }

    /// <summary><c>{"V":2.9,"percent":80}</c>.</summary>
    private static void ReadBattery(ref Utf8JsonReader reader, DeviceKeySet keys, scoped Span<Said> values)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            DeviceState.ReadObject(ref reader, keys, values);
        else
            reader.Skip();
    }

    private static void Set(Span<Said> values, Device device, string key, Said said)
    {
        if (device.Keys.IndexOf(key, 0) is >= 0 and var i)
            values[i] = said;
    }

    /// <summary>Copies the text that a reader stands on, and answers with its length; 0 when it is none or longer than there is room.</summary>
    private static int Copy(ref Utf8JsonReader reader, scoped Span<char> room) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueSpan.Length <= room.Length ? reader.CopyString(room) : 0;
}
