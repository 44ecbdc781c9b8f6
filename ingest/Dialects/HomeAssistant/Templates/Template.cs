using System.Text.Json;
using CivicSignals.Ingest.Dialects.Homes;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>
/// A template of the part of Jinja that discovery messages of sensors need: members of the message, <c>int</c>, <c>float</c>, <c>bool</c>,
/// <c>upper</c>, <c>lower</c>, <c>round</c>, <c>is_defined</c>, comparisons and <c>if … else</c>. Compiled once, without side effects.
/// </summary>
internal sealed class Template
{
    private const int ScratchBytes = 256;
    private const int NumberRoom = 40;

    private readonly Expression _root;

    private Template(Expression root) => _root = root;

    /// <summary>Compiles a template; null when it needs more than this knows, or is too long or too deep.</summary>
    public static Template? Compile(string text) => TemplateParser.Parse(text) is { } root ? new Template(root) : null;

    /// <summary>What the rendered message says of a key: nothing where what the template asks for is not in it.</summary>
    /// <exception cref="JsonException">The template asks for members and the message is not JSON.</exception>
    public Said Read(ReadOnlySpan<byte> payload, DeviceKey key)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        Span<byte> number = stackalloc byte[NumberRoom];
        var scope = new TemplateScope(payload, scratch);
        var value = _root.Evaluate(ref scope);
        return value.Kind is TemplateKind.Undefined or TemplateKind.Structure ? Said.Nothing : key.Read(value.Render(number));
    }
}
