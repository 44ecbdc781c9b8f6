using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Registration;

/// <summary>Reads lists of homes line by line: what is wrong with one does not keep the others out.</summary>
internal static class HomeImport
{
    /// <summary>Each line as a home, or why it is none.</summary>
    /// <exception cref="FormatException">Nothing at all can be read; the message says why.</exception>
    public static IReadOnlyList<(int Number, string Gateway, RegisteredHome? Home, string? Problem)> Read(ReadOnlyMemory<byte> bytes, ImportFormat format)
    {
        if (bytes.Length > ImportReport.MostBytes)
            throw new FormatException($"more than {ImportReport.MostBytes / 1024 / 1024} MiB");
        if (!Utf8.IsValid(bytes.Span))
            throw new FormatException("not UTF-8");
        var elements = format == ImportFormat.Csv ? Csv(Encoding.UTF8.GetString(bytes.Span)) : Json(bytes);
        if (elements.Count > ImportReport.MostLines)
            throw new FormatException($"more than {ImportReport.MostLines} lines");
        return [.. elements.Select(element => Read(element.Number, element.Element))];
    }

    private static (int, string, RegisteredHome?, string?) Read(int number, JsonElement element)
    {
        var gateway = "";
        try
        {
            if (element.ValueKind != JsonValueKind.Object)
                throw new FormatException("expected an object");
            var read = new RegistryElement(element, "");
            gateway = read.Id("gateway");
            return (number, gateway, read.Home(mustHavePlace: false), null);
        }
        catch (FormatException e)
        {
            return (number, gateway, null, e.Message.TrimStart('.', ':', ' '));
        }
    }

    private static IReadOnlyList<(int Number, JsonElement Element)> Json(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, RegistryFile.Options);
            var list = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("premises", out var premises)
                ? premises
                : document.RootElement;
            if (list.ValueKind != JsonValueKind.Array)
                throw new FormatException("expected {\"premises\":[…]} or the array alone");
            return [.. list.Clone().EnumerateArray().Select((element, i) => (i + 1, element))];
        }
        catch (JsonException e)
        {
            throw new FormatException($"not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}", e);
        }
    }

    private static IReadOnlyList<(int Number, JsonElement Element)> Csv(string text)
    {
        var lines = CsvLines.Read(text);
        if (lines.Count == 0)
            throw new FormatException("the header line is missing");
        var columns = lines[0].Fields.Select(name => name.Trim()).ToList();
        if (!columns.Contains("gateway") || columns.Distinct().Count() != columns.Count)
            throw new FormatException("the header line must name each column once, gateway among them");
        return [.. lines.Skip(1).Select(line => (line.Number, Element(columns, line.Fields)))];
    }

    private static JsonElement Element(List<string> columns, IReadOnlyList<string> fields)
    {
        var element = new JsonObject();
        for (var i = 0; i < Math.Min(columns.Count, fields.Count); i++)
        {
            if (fields[i].Trim() is { Length: > 0 } field)
                element[columns[i]] = Value(columns[i], field);
        }

        return JsonSerializer.SerializeToElement(element);
    }

    private static JsonNode? Value(string column, string field) => column switch
    {
        "lat" or "lon" or "uncertaintyM" when double.TryParse(field, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        "consents" => new JsonArray([.. field.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (JsonNode)word)]),
        _ => field,
    };
}
