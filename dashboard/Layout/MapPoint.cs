using System.Globalization;
using CivicSignals.Alerts;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Layout;

/// <summary>The attributes by which scripts/map.js draws a listed thing: the list is the truth, the map follows it.</summary>
public static class MapPoint
{
    /// <summary>A public alert: its circle on the road, or the whole neighbourhood where the public is told no more than that.</summary>
    public static Dictionary<string, object> Of(Alert alert, string? link)
    {
        var attributes = Attributes(alert.Lat, alert.Lon, alert.RadiusM, alert.Hazard, alert.Headline, link);
        if (AreaOf(alert) is { } slug)
        {
            attributes["data-area"] = slug;
            attributes["data-area-only"] = ""; // A mark in the middle could be taken for a home.
        }

        return attributes;
    }

    /// <summary>The neighbourhood that the alert is told for as a whole, or null when its circle is what it is about.</summary>
    public static string? AreaOf(Alert alert) =>
        alert.Road is not null ? null : alert.NeighbourhoodSlug;

    /// <summary>For <c>@attributes</c> of an element.</summary>
    /// <param name="lat">Degrees.</param>
    /// <param name="lon">Degrees.</param>
    /// <param name="radiusM">Metres; 0 draws a dot.</param>
    /// <param name="hazard">Chooses colour and icon.</param>
    /// <param name="label">What it is.</param>
    /// <param name="link">Where a click leads, or null.</param>
    public static Dictionary<string, object> Attributes(double lat, double lon, double radiusM, Hazard hazard, string label, string? link)
    {
        var attributes = new Dictionary<string, object>
        {
            ["data-lat"] = lat.ToString("0.#####", CultureInfo.InvariantCulture),
            ["data-lon"] = lon.ToString("0.#####", CultureInfo.InvariantCulture),
            ["data-radius"] = radiusM.ToString("0", CultureInfo.InvariantCulture),
            ["data-hazard"] = hazard.Mark(),
            ["data-label"] = label,
        };
        if (link is not null)
            attributes["data-link"] = link;
        return attributes;
    }
}
