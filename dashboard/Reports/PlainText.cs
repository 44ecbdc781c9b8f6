using System.Globalization;
using System.Text;

namespace CivicSignals.Dashboard.Reports;

/// <summary>What people write, as text and nothing else.</summary>
internal static class PlainText
{
    /// <summary>
    /// One line: what neither is seen nor means anything (controls, marks that turn the direction of writing) becomes a blank, and blanks become one. Null
    /// where more than <paramref name="most"/> characters are left.
    /// </summary>
    public static string? Of(string? text, int most)
    {
        if (text is null || text.Length > 4 * most)
            return text is null ? "" : null;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                plain.Append(rune);
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }

        var line = plain.ToString().TrimEnd();
        return line.Length <= most ? line : null;
    }
}
