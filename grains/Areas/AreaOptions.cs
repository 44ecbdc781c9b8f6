namespace CivicSignals.Areas;

/// <summary>How the map is cut into areas. Section <c>Areas</c>.</summary>
public sealed class AreaOptions
{
    /// <summary>Quadkey zoom level of an area, 8..22. Default 14, about 1.5 km in the UK. Fixed once a ledger holds data.</summary>
    public int Zoom { get; set; } = Quadkey.DefaultZoom;

    /// <summary>Whether an area compares its incidents with its neighbours' by itself. A replay asks for it after each line: its order must not depend on time.</summary>
    public bool ReconcilesByItself { get; set; } = true;
}
