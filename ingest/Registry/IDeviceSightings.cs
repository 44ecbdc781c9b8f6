using CivicSignals.Homes;

namespace CivicSignals.Ingest.Registration;

/// <summary>Where dialects tell what they learn of a home. Never blocks, never throws; what is said of gateways that are not registered is dropped.</summary>
internal interface IDeviceSightings
{
    /// <summary>A gateway described a device: anew, or again. To be called when it does, not with every message.</summary>
    void Saw(string gateway, DeviceSighting device);

    /// <summary>A gateway speaks a dialect.</summary>
    void Speaks(string gateway, string dialect);
}

/// <summary>Where nothing of homes is kept, as in <c>replay</c>.</summary>
internal sealed class NoSightings : IDeviceSightings
{
    public void Saw(string gateway, DeviceSighting device)
    {
    }

    public void Speaks(string gateway, string dialect)
    {
    }
}
