namespace CivicSignals.Silo.Demo;

/// <summary>One home of the demo town with its gateway and devices.</summary>
/// <param name="Premises">Its id in the registry.</param>
/// <param name="Gateway">The gateway's id, which is its MQTT user.</param>
/// <param name="Address">Number and street.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="Devices">What its gateway has paired.</param>
public sealed record Home(string Premises, string Gateway, string Address, double Lat, double Lon, IReadOnlyList<Device> Devices);

/// <summary>One paired device.</summary>
/// <param name="IeeeAddress">Its radio's address, <c>0x</c> and 16 hexadecimal digits.</param>
/// <param name="Name">What the household calls it: zigbee2mqtt's friendly name.</param>
/// <param name="Model">What it is.</param>
public sealed record Device(string IeeeAddress, string Name, DeviceModel Model);
