using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.Zigbee2Mqtt;

/// <summary>The devices of one home under one base topic. A device is its IEEE address; its name, and with it its topic, may change at any time.</summary>
/// <param name="home">The home.</param>
/// <param name="link">The gateway's program.</param>
/// <param name="baseTopic">Where it publishes.</param>
/// <param name="dialect">The dialect that its devices speak.</param>
internal sealed class Inventory(Home home, Link link, string baseTopic, IHomeDialect dialect)
{
    private readonly string _prefix = baseTopic.Length == 0 ? "" : baseTopic + "/";

    /// <summary>Takes a new description of all devices: those that are not in it are forgotten.</summary>
    public void Replace(IEnumerable<DeviceDescription> descriptions)
    {
        var before = home.Devices.Where(IsHere).ToDictionary();
        var bySource = before.Values.DistinctBy(device => device.Source).ToDictionary(device => device.Source);
        foreach (var path in before.Keys)
            home.Remove(path);
        foreach (var description in descriptions)
        {
            if (home.SourceOf(description.Address) is { } source)
                Put(description, source, bySource.GetValueOrDefault(source) ?? Namesake(before.GetValueOrDefault(_prefix + description.Name), description));
        }
    }

    /// <summary>Takes what is said of one device: it is new, or has another name, or is known by its name only so far. Null: it cannot be kept.</summary>
    public Device? Update(DeviceDescription description)
    {
        if (home.SourceOf(description.Address) is not { } source)
            return null;
        var (path, device) = home.Devices.FirstOrDefault(entry => IsHere(entry) && entry.Value.Source == source);
        if (path is not null)
            home.Remove(path);
        return Put(description, source, device ?? Namesake(home.Find(_prefix + description.Name), description));
    }

    /// <summary>Forgets a device that has left.</summary>
    public void Remove(DeviceDescription description)
    {
        var source = home.SourceOf(description.Address);
        foreach (var path in home.Devices.Where(entry => IsHere(entry) && entry.Value.Source == source).Select(entry => entry.Key).ToArray())
            home.Remove(path);
    }

    /// <summary>Takes in which groups there are; false: it is no list.</summary>
    public bool LearnGroups(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.DocumentOptions);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            return false;
        string[] paths = [.. document.RootElement.EnumerateArray().Select(group => group.Text("friendly_name")).OfType<string>().Select(name => _prefix + name)];
        home.Notes<Bridges>().LearnGroups(baseTopic, paths);
        foreach (var path in paths)
            home.Remove(path);
        return true;
    }

    private bool IsHere(KeyValuePair<string, Device> entry) => entry.Value.Dialect == dialect && entry.Key.StartsWith(_prefix, StringComparison.Ordinal);

    /// <summary>The device that is known by the same name and by nothing else: not one that it replaces.</summary>
    private Device? Namesake(Device? known, DeviceDescription description) => known?.Source == home.SourceOf(description.Name) ? known : null;

    private Device Put(DeviceDescription description, string source, Device? old)
    {
        var model = description.Model ?? old?.Model;
        var keys = description.Keys ?? (old is { Model: not null } ? old.Keys : DeviceKeys.Of(model ?? ""));
        // An alarm that sounds under a device's name ends under it too, or it would count twice.
        var device = new Device(old is { IsAlarming: true } ? old.Source : source, keys, home, link, dialect)
        {
            Name = description.Name,
            Model = model,
            Notes = keys.IndexOf(SupervisionKeys.Temperature, 0) is >= 0 and var key ? new Warming(key) : null,
        };
        if (old is not null)
            device.Inherit(old);
        home.Put(_prefix + description.Name, device);
        return device;
    }
}
