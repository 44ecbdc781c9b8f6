using System.Globalization;
using System.Text;

namespace CivicSignals.Ingest.Feeds;

/// <summary>Strangers' words as people may read them: no markup, no control or direction characters, single blanks, so long at most.</summary>
internal static class PlainText
{
    /// <summary>May be empty. What is cut off ends in an ellipsis.</summary>
    public static string Of(string? text, int longest)
    {
        var plain = new StringBuilder(Math.Min(text?.Length ?? 0, longest));
        var gap = false;
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] is '<' or '>')
            {
                i = text[i] == '<' ? EndOfTag(text, i) : i;
                gap = true;
            }
            else if (char.IsWhiteSpace(text[i]) || text[i] < ' ')
            {
                gap = true;
            }
            else if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                i += rune.Utf16SequenceLength - 1;
                if (!IsShown(rune))
                    continue;
                if (plain.Length + rune.Utf16SequenceLength + 2 > longest)
                    return plain.Append('…').ToString();
                if (gap && plain.Length > 0)
                    plain.Append(' ');
                plain.Append(rune);
                gap = false;
            }
        }

        return plain.ToString();
    }

    /// <summary>Where a tag ends; a bracket that begins none is dropped by itself.</summary>
    private static int EndOfTag(string text, int at)
    {
        var tag = at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?');
        var end = tag ? text.IndexOf('>', at) : -1;
        return end < 0 ? at : end;
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
