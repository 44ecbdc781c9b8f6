using System.Text;
using CivicSignals.Benchmarks.Load;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>The figures as Markdown, on the screen as they come.</summary>
internal sealed class Report
{
    private readonly BenchOptions _options;
    private readonly StringBuilder _text = new();
    private readonly List<Throughput> _throughputs = [];

    public Report(BenchOptions options)
    {
        _options = options;
        Write($"Machine: {Machine.Describe()}.\n");
    }

    /// <summary>The platform's median rate in the first shape, or null when it was not measured.</summary>
    public double? PlatformRate => _throughputs is [{ Platform.Count: > 0 } first, ..] ? Median(first.Platform.Select(round => round.Rate)) : null;

    public void Add(Throughput throughput) => _throughputs.Add(throughput);

    public void WriteDecoding(IReadOnlyList<Decoding> decodings)
    {
        Write("""
            ## Decoding, one core

            | dialect | ordinary readings/s | bytes allocated each | changes/s | bytes allocated each |
            |---|---|---|---|---|
            """);
        foreach (var (dialect, ordinary, edge) in decodings)
            Write($"| {dialect} | {ordinary.Rate:N0} | {ordinary.Bytes:F0} | {edge.Rate:N0} | {edge.Bytes:F0} |");
        Write("");
    }

    public void WritePosts(PostCost cost) => Write($"""
        ## Posts, one core

        A gazetteer of {cost.Names:N0} names.

        | step | posts/s | bytes allocated each |
        |---|---|---|
        | Jetstream frame | {cost.Decode.Rate:N0} | {cost.Decode.Bytes:F0} |
        | frame, place and kind | {cost.All.Rate:N0} | {cost.All.Bytes:F0} |

        """);

    public void WriteFolding(IReadOnlyList<FoldCost> costs)
    {
        Write("""
            ## The fusion core, one area with 50 open incidents

            Signals a second of processor time, the lines for the ledger included: median (lowest–highest).

            | what is said | signals a call | signals/s | bytes allocated each |
            |---|---|---|---|
            """);
        foreach (var (what, batch, rounds) in costs)
            Write($"| {what} | {batch} | {Range(rounds.Select(round => round.Rate), "N0")} | {Median(rounds.Select(round => round.Bytes)):N0} |");
        Write("");
    }

    public void WriteSoak(IReadOnlyList<Soak> looks)
    {
        Write("""
            ## Soak

            | city's hours | messages | resident, MiB | ledger, MiB | its entries | lines of warnings and worse |
            |---|---|---|---|---|---|
            """);
        foreach (var look in looks)
            Write($"| {look.City.TotalHours:N1} | {look.Messages:N0} | {look.ResidentMiB:N0} | {look.LedgerMiB:N0} | {look.Entries:N0} | {look.Complaints:N0} |");
        Write("");
    }

    public void WriteCluster(IReadOnlyList<ClusterCost> costs)
    {
        Write($"""
            ## Silos on an external broker

            {_options.Rounds} rounds of {_options.Seconds} s each, in turn. Processor time of all silos, without broker, database and load.

            | silos | messages/s offered | messages settled | evidence | µs a message |
            |---|---|---|---|---|
            """);
        foreach (var cost in costs)
            Write($"| {cost.Silos} | {cost.Rate:N0} | {cost.Messages:N0} | {cost.Evidence:N0} | {cost.Microseconds:N1} |");
        var rounds = costs.Chunk(3).ToList();
        Write($"\nThree cost {Range(rounds.Select(costs => costs[2].Microseconds / costs[0].Microseconds), "N2")} times what one costs that does the same work, "
            + $"and {Range(rounds.Select(costs => costs[2].Microseconds / costs[1].Microseconds), "N2")} times what one costs that does as much as each of them.\n");
    }

    public void WriteThroughput()
    {
        Write($"""
            ## Throughput, QoS 1

            {Workload.Areas:N0} areas, {Workload.Areas * Workload.HomesPerArea:N0} devices, 5 % evidence, {_options.Rounds} rounds of {_options.Seconds} s each, in turn. Messages per second: median (lowest–highest).

            | connections × in flight | bare server | platform | ratio | PUBACK p50 / p99, bare | PUBACK p50 / p99, platform |
            |---|---|---|---|---|---|
            """);
        foreach (var row in _throughputs)
        {
            Write($"| {row.Shape} | {Range(row.Bare.Select(round => round.Rate), "N0")} | {Range(row.Platform.Select(round => round.Rate), "N0")} "
                + $"| {Range(row.Ratios, "F2")} | {Percentiles(row.Bare)} | {Percentiles(row.Platform)} |");
        }

        Write("");
    }

    public void WriteCost(LedgerCost cost)
    {
        Write($"## Cost of the ledger\n\nOne saturated round of {cost.Messages:N0} messages.\n\n| figure | rise | per message |\n|---|---|---|");
        foreach (var (name, rise) in cost.Metrics)
            Write($"| `{name}` | {rise:N0} | {rise / cost.Messages:F4} |");
        foreach (var (name, bytes) in cost.Bytes)
            Write($"| bytes in `{name}` | {bytes:N0} | {(double)bytes / cost.Messages:F1} |");
        Write("");
    }

    public void WriteLatency(StreamLatency latency)
    {
        var (p50, p90, p99) = (latency.Alarms.Percentile(0.5), latency.Alarms.Percentile(0.9), latency.Alarms.Percentile(0.99));
        Write($"""
            ## Sensor to stream, at half the throughput

            From the publish of the alarm that confirms to the alert on `/api/incidents/stream`; {latency.Alarms.Count} alarms, {latency.Missed} not seen within 10 s;
            load offered {latency.OfferedRate:N0}/s, achieved {latency.Load.Rate:N0}/s.

            | p50 | p90 | p99 |
            |---|---|---|
            | {p50.TotalMilliseconds:F1} ms | {p90.TotalMilliseconds:F1} ms | {p99.TotalMilliseconds:F1} ms |

            """);
    }

    public void Save()
    {
        if (_options.Output is { } file)
            File.WriteAllText(file, _text.ToString());
    }

    private static string Range(IEnumerable<double> values, string format)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count == 0
            ? "–"
            : $"{Median(sorted).ToString(format)} ({sorted[0].ToString(format)}–{sorted[^1].ToString(format)})";
    }

    private static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Percentiles(IReadOnlyList<LoadResult> rounds)
    {
        if (rounds.Count == 0)
            return "–";
        var all = new LatencyHistogram();
        foreach (var round in rounds)
            all.Merge(round.Latency);
        return $"{all.Percentile(0.5).TotalMilliseconds:F1} / {all.Percentile(0.99).TotalMilliseconds:F1} ms";
    }

    private void Write(string line)
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }
}
