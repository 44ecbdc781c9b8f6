using System.Buffers;
using System.Text.Json;

namespace CivicSignals.Silo.Demo;

/// <summary>
/// One home's zigbee2mqtt: it announces itself once, caches every device's state, and publishes the whole cached state at each change.
/// </summary>
public sealed class HomeGateway(Home home, ITownWire wire)
{
    private readonly Dictionary<DeviceModel, SortedDictionary<string, object>> _states =
        home.Devices.ToDictionary(device => device.Model, device => new SortedDictionary<string, object>(device.Model.Resting.ToDictionary(), StringComparer.Ordinal));

    public Home Home { get; } = home;

    /// <summary>Whether it has announced itself.</summary>
    public bool Started { get; private set; }

    private string Base => $"homes/{Home.Gateway}/z2m";

    /// <summary>Connects, says that it is online and what is paired, and repeats the cached states, as zigbee2mqtt does at its start. Once.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (Started)
            return;
        await wire.ConnectAsync(Home.Gateway, $"{Base}/bridge/state", cancellation);
        await SendAsync("bridge/state", """{"state":"online"}"""u8.ToArray(), acknowledged: true, retain: true, cancellation);
        await SendAsync("bridge/devices", BridgeDevices.Json(Home), acknowledged: true, retain: true, cancellation);
        foreach (var device in Home.Devices)
            await SendAsync(device.Name, State(device.Model), acknowledged: true, retain: false, cancellation);
        Started = true;
    }

    /// <summary>What a device last said of a property.</summary>
    public object Last(DeviceModel model, string property) => _states[model][property];

    /// <summary>Whether the home has such a device.</summary>
    public bool Has(DeviceModel model) => _states.ContainsKey(model);

    /// <summary>A device reports: its gateway merges what is new into the cached state and publishes all of it.</summary>
    /// <param name="model">The home's only device of that model.</param>
    /// <param name="acknowledged">QoS 1 rather than 0.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="news">What is new.</param>
    public async Task ReportAsync(DeviceModel model, bool acknowledged, CancellationToken cancellation, params (string Property, object Value)[] news)
    {
        await StartAsync(cancellation);
        foreach (var (property, value) in news)
            _states[model][property] = value;
        var device = Home.Devices.First(device => device.Model == model);
        await SendAsync(device.Name, State(model), acknowledged, retain: false, cancellation);
    }

    private Task SendAsync(string topic, ReadOnlyMemory<byte> payload, bool acknowledged, bool retain, CancellationToken cancellation) =>
        wire.PublishAsync(new TownMessage(Home.Gateway, $"{Base}/{topic}", payload, acknowledged, retain), cancellation);

    private ReadOnlyMemory<byte> State(DeviceModel model)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (property, value) in _states[model])
            {
                json.WritePropertyName(property);
                switch (value)
                {
                    case bool flag: json.WriteBooleanValue(flag); break;
                    case int number: json.WriteNumberValue(number); break;
                    case double number: json.WriteNumberValue(number); break;
                    default: json.WriteStringValue((string)value); break;
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
