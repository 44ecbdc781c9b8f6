using System.Buffers.Text;
using System.Globalization;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

internal enum TemplateKind : byte
{
    /// <summary>What is not there. It stays so in comparisons and conditions: a message that does not mention a value says nothing of it.</summary>
    Undefined,
    None,
    Boolean,
    Number,
    Text,

    /// <summary>An object or a list, which only is or is not.</summary>
    Structure,
}

/// <summary>A value of a template, over the bytes that it came from.</summary>
internal readonly ref struct TemplateValue
{
    private TemplateValue(TemplateKind kind, ReadOnlySpan<byte> bytes, double number)
    {
        Kind = kind;
        Bytes = bytes;
        Number = number;
    }

    public TemplateKind Kind { get; }

    /// <summary>Of a text, and of a number as it was written; empty for a number that was computed.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Of a number; 1 or 0 of a boolean.</summary>
    public double Number { get; }

    /// <summary>Whether a computed number is a whole one by type: it is written without a point.</summary>
    private bool IsWhole { get; init; }

    public static TemplateValue Undefined => default;

    public static TemplateValue None => new(TemplateKind.None, default, 0);

    public static TemplateValue Structure => new(TemplateKind.Structure, default, 0);

    public static TemplateValue Of(bool value) => new(TemplateKind.Boolean, default, value ? 1 : 0);

    public static TemplateValue Of(ReadOnlySpan<byte> text) => new(TemplateKind.Text, text, 0);

    public static TemplateValue Whole(double number) => new(TemplateKind.Number, default, number) { IsWhole = true };

    public static TemplateValue Real(double number) => new(TemplateKind.Number, default, number);

    /// <summary>A number as it stands in JSON.</summary>
    public static TemplateValue Written(ReadOnlySpan<byte> number) => TryParse(number, out var value) ? new(TemplateKind.Number, number, value) : Undefined;

    public bool IsTrue => Kind switch
    {
        TemplateKind.Boolean or TemplateKind.Number => Number != 0,
        TemplateKind.Text => Bytes.Length > 0,
        TemplateKind.Structure => true,
        _ => false,
    };

    /// <summary>As a number: text is read as one.</summary>
    public bool TryNumber(out double number)
    {
        number = Number;
        return Kind is TemplateKind.Number or TemplateKind.Boolean || (Kind == TemplateKind.Text && TryParse(Bytes, out number));
    }

    /// <summary>Compares with another: below zero, zero, above; null where they have no order.</summary>
    public int? CompareTo(TemplateValue other)
    {
        if (IsNumeric && other.IsNumeric)
            return Number.CompareTo(other.Number);
        return Kind == TemplateKind.Text && other.Kind == TemplateKind.Text ? Bytes.SequenceCompareTo(other.Bytes) : null;
    }

    public bool Equals(TemplateValue other) => CompareTo(other) == 0 || (Kind == TemplateKind.None && other.Kind == TemplateKind.None);

    /// <summary>As it is written into a message: Python's words for what is no text.</summary>
    /// <param name="room">At least 32 bytes.</param>
    public ReadOnlySpan<byte> Render(Span<byte> room)
    {
        switch (Kind)
        {
            case TemplateKind.Text:
                return Bytes.Trim(" \r\n\t"u8);
            case TemplateKind.Boolean:
                return Number != 0 ? "True"u8 : "False"u8;
            case TemplateKind.None:
                return "None"u8;
            case TemplateKind.Number when Bytes.Length > 0 && !Bytes.ContainsAny("eE"u8):
                return Bytes;
            case TemplateKind.Number when Utf8Formatter.TryFormat(Number, room, out var length):
                if (!IsWhole && !room[..length].ContainsAny(".eE"u8))
                    ".0"u8.CopyTo(room[length..(length += 2)]);
                return room[..length];
            default:
                return default;
        }
    }

    private bool IsNumeric => Kind is TemplateKind.Number or TemplateKind.Boolean;

    private static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
