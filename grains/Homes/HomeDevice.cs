namespace CivicSignals.Homes;

/// <summary>A device as its gateway describes it.</summary>
/// <param name="Id">The name that never changes: its native address, as in the source <c>homes/{gateway}/{id}</c>. At most 150 characters.</param>
/// <param name="Name">What the home calls it; at most 100 characters.</param>
/// <param name="Kinds">The kinds that it can say, such as <c>fire.smoke</c>; at most 32.</param>
/// <param name="Model">Maker's model, or null; at most 100 characters.</param>
/// <param name="Dialect">The dialect that described it, such as <c>zigbee2mqtt</c>.</param>
/// <param name="Battery">Charge, 0..100 percent; null: not known or mains.</param>
public sealed record DeviceSighting(string Id, string Name, IReadOnlyList<string> Kinds, string? Model, string Dialect, int? Battery = null);

/// <summary>A device of a home: what was described, and what its people say of it.</summary>
/// <param name="Sighting">What the gateway described last.</param>
/// <param name="Room">The room as its people call it, at most 60 characters; null: not named.</param>
/// <param name="SeenAt">When it was described last, UTC.</param>
public sealed record HomeDevice(DeviceSighting Sighting, string? Room, DateTimeOffset SeenAt)
{
    /// <summary>More devices of one gateway are not kept.</summary>
    public const int MostPerHome = 500;

    /// <summary>Longest name of a room.</summary>
    public const int LongestRoom = 60;
}
