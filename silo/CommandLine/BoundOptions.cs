using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CivicSignals.Areas;
using CivicSignals.Dashboard.Live;
using CivicSignals.Ingest.Mqtt;

namespace CivicSignals.Silo.CommandLine;

/// <summary>One configuration key as its property explains it.</summary>
/// <param name="Key">Such as <c>Http:Port</c>.</param>
/// <param name="Type">In words.</param>
/// <param name="Default">What holds when it is not given; empty for none.</param>
/// <param name="Meaning">The property's comment, in Markdown.</param>
internal sealed record BoundOption(string Key, string Type, string Default, string Meaning);

/// <summary>The options' classes by the section that their comments name (<c>Section &lt;c&gt;Http&lt;/c&gt;</c>); several may share one.</summary>
internal sealed class BoundOptions
{
    private static readonly Assembly[] Assemblies =
        [typeof(AreaOptions).Assembly, typeof(MqttOptions).Assembly, typeof(LiveOptions).Assembly, typeof(BoundOptions).Assembly];

    private static readonly Regex Section = new("Section `(?<name>[A-Za-z0-9:]+)`[^.]*\\.?", RegexOptions.NonBacktracking);

    private readonly List<(string Section, Type Type, DocComments Comments)> _classes;

    private BoundOptions(List<(string Section, Type Type, DocComments Comments)> classes) => _classes = classes;

    /// <summary>Reads the comments that lie beside the program.</summary>
    public static BoundOptions Read()
    {
        var classes = new List<(string, Type, DocComments)>();
        foreach (var assembly in Assemblies)
        {
            var comments = DocComments.Of(assembly);
            foreach (var type in assembly.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                if (comments.Summary(type) is { } summary && Section.Match(summary) is { Success: true } match)
                    classes.Add((match.Groups["name"].Value, type, comments));
            }
        }

        return new BoundOptions(classes);
    }

    /// <summary>What a section is for.</summary>
    public string About(string section) => string.Join(
        ' ', _classes.Where(known => known.Section == section).Select(known => Section.Replace(known.Comments.Summary(known.Type)!, "").Replace("  ", " ").Trim()));

    /// <summary>Explains one key.</summary>
    /// <exception cref="InvalidOperationException">It has no property, or the property no comment.</exception>
    public BoundOption Find(string key)
    {
        foreach (var (section, type, comments) in _classes.OrderByDescending(known => known.Section.Length))
        {
            if (key.StartsWith(section + ":", StringComparison.Ordinal) && Walk(type, key[(section.Length + 1)..].Split(':')) is { } property)
            {
                var meaning = comments.Summary(property) ?? throw new InvalidOperationException($"{key}: {property} has no comment");
                return new BoundOption(key, Words(property.PropertyType), Fallback(property), meaning);
            }
        }

        throw new InvalidOperationException($"{key}: no class of options has a property for it; does the class's comment name its section?");
    }

    private static PropertyInfo? Walk(Type type, ReadOnlySpan<string> path)
    {
        if (type.GetProperty(path[0]) is not { } property)
            return null;
        if (path.Length == 1)
            return property;
        var isList = property.PropertyType.IsGenericType && path.Length > 2 && int.TryParse(path[1], out _);
        return isList ? Walk(property.PropertyType.GetGenericArguments()[0], path[2..]) : null;
    }

    private static string Words(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Words(inner)
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "whole number"
        : type == typeof(double) ? "number"
        : type == typeof(TimeSpan) ? "time, hh:mm:ss"
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type))
        : "text";

    private static string Fallback(PropertyInfo property) => property.GetValue(Activator.CreateInstance(property.DeclaringType!)) switch
    {
        null => "",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
