using System.Globalization;

namespace CivicSignals.Tests.Integration;

/// <summary>The message account as /metrics tells it.</summary>
internal sealed record Scrape(long Received, IReadOnlyDictionary<string, long> Outcomes, IReadOnlyDictionary<string, long> Reasons)
{
    private const string ReceivedName = "civicsignals_messages_received_total";
    private const string SettledName = "civicsignals_messages_settled_total";

    public long Settled => Outcomes.Values.Sum();

    public static Scrape Parse(string text)
    {
        var received = 0L;
        var outcomes = new Dictionary<string, long>();
        var reasons = new Dictionary<string, long>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(ReceivedName, StringComparison.Ordinal))
                received += Value(line);
            if (!line.StartsWith(SettledName, StringComparison.Ordinal))
                continue;
            Add(outcomes, Label(line, "outcome")!, Value(line));
            if (Label(line, "reason") is { } reason && Value(line) > 0)
                Add(reasons, reason, Value(line));
        }

        return new Scrape(received, outcomes, reasons);
    }

    private static void Add(Dictionary<string, long> sums, string key, long value) => sums[key] = sums.GetValueOrDefault(key) + value;

    private static string? Label(string line, string name)
    {
        var start = line.IndexOf($"{name}=\"", StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += name.Length + 2;
        return line[start..line.IndexOf('"', start)];
    }

    // "name{labels} value [timestamp]"
    private static long Value(string line) =>
        (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
}
