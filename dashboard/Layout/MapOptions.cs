namespace CivicSignals.Dashboard.Layout;

/// <summary>What the maps are drawn on. Section <c>Map</c>.</summary>
public sealed class MapOptions
{
    /// <summary>
    /// Address of a MapLibre style, absolute or from the site's root. Default null: neighbourhoods and streets are drawn on plain ground.
    /// A style elsewhere also needs its hosts in the content security policy.
    /// </summary>
    public string? StyleUrl { get; set; }

    internal bool IsValid => StyleUrl is null || (StyleUrl.Length > 0 && Uri.TryCreate(StyleUrl, UriKind.RelativeOrAbsolute, out _));
}
