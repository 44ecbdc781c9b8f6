using System.Text.Json;
using CivicSignals.Ingest.Dialects.HomeAssistant.Templates;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant;

/// <summary>Reads discovery messages: what of the topics that they name speaks of a hazard.</summary>
internal sealed class Discovery
{
    private const int MaxComponents = 200;
    private const int MaxId = 150;

    private static readonly string[] Calls = ["emergency", "panic", "sos"];

    private readonly List<Entity> _entities = [];
    private readonly string _path;
    private readonly string _front;

    private Discovery(string path, string front) => (_path, _front) = (path, front);

    /// <summary>Reads one message; null when it is no object.</summary>
    /// <param name="path">Its own topic.</param>
    /// <param name="topic">What that says.</param>
    /// <param name="payload">The message.</param>
    public static List<Entity>? Read(string path, in DiscoveryTopic topic, ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        var discovery = new Discovery(path, topic.Front.ToString());
        if (topic.Component is DiscoveryTopic.WholeDevice)
            discovery.AddComponents(root);
        else
            discovery.Add(topic.Component, topic.Object.ToString(), new Options(root, default, discovery._front));
        return discovery._entities;
    }

    private void AddComponents(JsonElement device)
    {
        if ((device.Member("components") ?? device.Member("cmps")) is not { ValueKind: JsonValueKind.Object } components)
            return;
        foreach (var component in components.EnumerateObject().Take(MaxComponents))
        {
            var options = new Options(component.Value, device, _front);
            if ((component.Value.Text("platform") ?? component.Value.Text("p")) is { } platform)
                Add(platform, component.Name, options);
        }
    }

    private void Add(ReadOnlySpan<char> component, string name, in Options options)
    {
        var linkPath = AddPresence(options);
        foreach (var path in options.Topics())
            _entities.Add(new Entity(path, "", null)); // So that its messages are known to be of no interest.
        var id = options.Text("unique_id", "uniq_id") is { Length: > 0 and <= MaxId } unique && !unique.Any(char.IsControl) ? unique : $"{_path}/{name}";
        var isTrigger = component is "device_automation";
        if ((isTrigger ? options.Topic("topic", "t") : options.Topic("state_topic", "stat_t")) is not { } state)
            return;
        var template = options.Text("value_template", "val_tpl");
        var key = component switch
        {
            "binary_sensor" => BinarySensor(id, name, options),
            "alarm_control_panel" => new DeviceKey(id, "intrusion.alarm", ["triggered"], Panel.Quiet),
            "event" => NamesACall(options.Member("event_types", "evt_typ")) ? Call(id, Calls) : null,
            "device_automation" => Trigger(id, options),
            _ => null,
        };
        template ??= component is "event" ? "{{ value_json.event_type }}" : null;
        var compiled = key is null || template is null ? null : Template.Compile(template);
        _entities.Add(new Entity(state, id, key)
        {
            Template = compiled,
            IsUndecodable = key is not null && template is not null && compiled is null,
            LinkPath = linkPath,
        });
    }

    private static DeviceKey? BinarySensor(string id, string name, in Options options)
    {
        var deviceClass = options.Text("device_class", "dev_cla");
        if (options.Text("entity_category", "ent_cat") == "config" || DeviceClasses.KindOf(deviceClass, $"{name} {options.Text("name", "name")}") is not { } kind)
            return null;
        var (on, off) = (options.Payload("payload_on", "pl_on", "ON"), options.Payload("payload_off", "pl_off", "OFF"));
        if (DeviceClasses.IsInverted(deviceClass))
            (on, off) = (off, on);
        // What is off by itself after a while says each time anew that it is on.
        var momentary = options.Member("off_delay", "off_dly") is { ValueKind: JsonValueKind.Number };
        return new DeviceKey(id, kind, [on], [off], momentary);
    }

    private static DeviceKey? Trigger(string id, in Options options)
    {
        var (kind, subject) = (options.Text("type", "type"), options.Text("subtype", "stype"));
        return Calls.Any(call => call == kind || call == subject) ? Call(id, [options.Payload("payload", "pl", subject ?? "")]) : null;
    }

    private static DeviceKey Call(string id, string[] on) => new(id, "sos.panic", on, [], momentary: true);

    private static bool NamesACall(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } names && names.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && Calls.Contains(name.GetString()));

    /// <summary>Adds where it says whether its link is there; the first such topic is the link's.</summary>
    private string AddPresence(in Options options)
    {
        var first = "";
        if (options.Member("availability", "avty") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
                first = Presence(new Options(item, default, _front), options.Topic(item.Member("topic") ?? item.Member("t")), "value_template", "val_tpl", first);
        }

        return Presence(options, options.Topic("availability_topic", "avty_t"), "availability_template", "avty_tpl", first);
    }

    private string Presence(in Options options, string? path, string template, string abbreviation, string first)
    {
        if (path is null)
            return first;
        var text = options.Text(template, abbreviation);
        var compiled = text is null ? null : Template.Compile(text);
        if (text is null || compiled is not null)
        {
            var on = options.Payload("payload_not_available", "pl_not_avail", "offline");
            var off = options.Payload("payload_available", "pl_avail", "online");
            _entities.Add(new Entity(path, path, new DeviceKey(path, "supervision.offline", [on], [off])) { Template = compiled, LinkPath = path, IsPresence = true });
        }

        return first.Length > 0 ? first : path;
    }
}

/// <summary>The states of alarm panels; codes are no part of them.</summary>
internal static class Panel
{
    /// <summary>What is no alarm. Pending and arming say neither.</summary>
    public static string[] Quiet { get; } =
        ["disarmed", "armed_home", "armed_away", "armed_night", "armed_vacation", "armed_custom_bypass"];
}
