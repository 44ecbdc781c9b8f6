using System.Globalization;
using System.Xml.Linq;

namespace CivicSignals.Ingest.Feeds.Datex;

/// <summary>Reading DATEX II elements, whose namespaces differ with version and module while their names do not.</summary>
internal static class DatexElements
{
    private static readonly XName TypeAttribute = XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance");

    /// <summary>Whether it is of version 2 or 3 of the standard.</summary>
    public static bool IsDatex(this XElement element) =>
        element.Name.NamespaceName.StartsWith("http://datex2.eu/schema/2", StringComparison.Ordinal)
        || element.Name.NamespaceName.StartsWith("http://datex2.eu/schema/3", StringComparison.Ordinal);

    public static bool Is(this XElement element, string name) => element.Name.LocalName == name && element.IsDatex();

    /// <summary>The first child of that name, or null.</summary>
    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Is(name));

    /// <summary>The text of the first child of that name without blanks around it, or null.</summary>
    public static string? Text(this XElement? element, string name) => element.Child(name)?.Value.Trim();

    /// <summary>The type that it says it is, without prefix; or empty.</summary>
    public static string XsiType(this XElement element) => element.Attribute(TypeAttribute)?.Value is { } type ? type[(type.IndexOf(':') + 1)..].Trim() : "";

    /// <summary>A time with a zone, or null.</summary>
    public static DateTimeOffset? Time(this XElement? element, string name) => FeedTime.Read(element.Text(name));

    /// <summary>A finite number, or null.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
