namespace CivicSignals.Silo.Demo;

/// <summary>A real device model, with what zigbee2mqtt says about it.</summary>
/// <param name="Model">The vendor's model number.</param>
/// <param name="Vendor">Who sells it.</param>
/// <param name="Description">One line.</param>
/// <param name="ZigbeeModel">What the device calls itself.</param>
/// <param name="Exposes">Its properties, those in <paramref name="Resting"/> and <c>linkquality</c>.</param>
/// <param name="Resting">Its state when nothing happens, as its gateway caches it.</param>
public sealed record DeviceModel(
    string Model,
    string Vendor,
    string Description,
    string ZigbeeModel,
    IReadOnlyList<Expose> Exposes,
    IReadOnlyDictionary<string, object> Resting);

/// <summary>One exposed property.</summary>
/// <param name="Property">Its key in the payload.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Description">What it says.</param>
/// <param name="Unit">Unit of a number; null: it is not a number with a unit.</param>
/// <param name="On">For a binary: the value that means on; null: it is not binary.</param>
/// <param name="Values">For an enumeration: its values; null: it is none.</param>
public sealed record Expose(
    string Property,
    string Label,
    string Description,
    string? Unit = null,
    bool? On = null,
    IReadOnlyList<string>? Values = null);
