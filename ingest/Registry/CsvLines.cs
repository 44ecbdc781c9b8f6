using System.Text;

namespace CivicSignals.Ingest.Registration;

/// <summary>Comma-separated values (RFC 4180): fields may be quoted, and quoted ones may hold commas, line breaks and doubled quotes.</summary>
internal static class CsvLines
{
    /// <summary>Lines that are not blank, with their number in the text, from 1.</summary>
    public static IReadOnlyList<(int Number, IReadOnlyList<string> Fields)> Read(string text)
    {
        var lines = new List<(int, IReadOnlyList<string>)>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (quoted, number, startedAt) = (false, 1, 1);
        text = text.TrimStart('\ufeff');
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c != '\r')
            {
                field.Append(c);
            }

            if (c != '\n')
                continue;
            number++;
            if (quoted && i < text.Length)
                continue;
            if (fields.Any(value => value.Length > 0))
                lines.Add((startedAt, fields));
            (fields, startedAt) = ([], number);
        }

        return lines;
    }
}
