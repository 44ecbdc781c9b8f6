using System.Reflection;
using System.Xml.Linq;
using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.CommandLine;

/// <summary>The doc comments of one assembly, which the compiler writes beside it.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _summaries;

    private DocComments(Dictionary<string, XElement> summaries) => _summaries = summaries;

    /// <exception cref="StartException">The file is not there.</exception>
    public static DocComments Of(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        if (!File.Exists(file))
            throw new StartException($"there is no {file}, which explains the options");
        return new DocComments(XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!));
    }

    /// <summary>A class's summary in Markdown, or null.</summary>
    public string? Summary(Type type) => Text($"T:{type.FullName}");

    /// <summary>A property's summary in Markdown, or null.</summary>
    public string? Summary(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string? Text(string member) => _summaries.GetValueOrDefault(member) is not { } summary
        ? null
        : string.Join(' ', string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } target => $"`{target.Value[(target.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => element.Value,
        XText text => text.Value,
        _ => "",
    };
}
