using System.Text;
using CivicSignals.Ingest.Dialects;
using CivicSignals.Ingest.Feeds;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>Mutated feeds through the real readers and the pipeline: none throws, all are counted.</summary>
public sealed class FeedFuzzTests
{
    private static readonly int LeastBodies = FullSize.Or(2_000, full: 8_000);
    private static readonly int LeastItems = FullSize.Or(15_000, full: 60_000);

    [Theory]
    [InlineData("waze", 1)]
    [InlineData("datex2", 2)]
    [InlineData("cap", 3)]
    public async Task ReadAsync_MutatedBodies_NeverThrowAndAllItemsAreCounted(string format, int seed)
    {
        await using var bench = await FeedBench.StartAsync();
        var random = new Random(seed);
        var seeds = Seeds(format).Select(Encoding.UTF8.GetBytes).ToList();
        var (now, items, rejected, evidence) = (bench.Ingest.Time.GetUtcNow(), 0, 0, 0);
        for (var i = 0; items < LeastItems || i < LeastBodies; i++)
        {
            var body = Mutate(seeds[random.Next(seeds.Count)], random);
            var reading = await bench.ReadAsync(format, body);
            foreach (var item in reading.Reason is { } reason ? [new FeedItem(Decoded.Reject(reason), body.Length)] : reading.Items)
            {
                items++;
                rejected += item.Decoded.Reason is null ? 0 : 1;
                evidence += item.Decoded.Signals.Count;
                Assert.True(item.Decoded.Signals.Count <= 1);
                Assert.All(item.Decoded.Signals, signal => Assert.True(signal.Place.IsValid && signal.Source.Length <= 200 && signal.Active));
                await bench.Ingest.Pipeline.AcceptDecodedAsync(format, "f", item.Bytes, now, item.Decoded);
            }

            if (i % 1000 == 0)
                bench.Ingest.Areas.Offers.Clear();
        }

        var totals = bench.Ingest.Account.Read();
        Assert.Equal((items, 0, 0), (totals.Received, totals.InFlight, totals.Failed));
        Assert.Equal((rejected, evidence), (totals.Rejected, totals.Evidence));
        Assert.DoesNotContain(Reasons.DecoderFault, totals.RejectedByReason.Keys);
        Assert.True(evidence > items / 100 && rejected > items / 20, totals.ToString());
        Assert.All(bench.Notices.All, notice => Assert.DoesNotContain(notice.Headline + notice.Issuer + notice.Event + notice.AreaDescription, c => c is '<' or '>' || char.IsControl(c)));
    }

    private static IEnumerable<string> Seeds(string format) => format switch
    {
        "waze" => [$$"""{"alerts":[{{string.Join(',', Enumerable.Range(0, 8).Select(Waze))}}],"jams":[{"uuid":1}],"endTimeMillis":1768032000000}"""],
        "datex2" =>
        [
            DatexSamples.Version2,
            DatexSamples.Version3([.. Enumerable.Range(0, 4).Select(i => DatexSamples.Record("Accident", "<sit:accidentType>collision</sit:accidentType>", id: $"r{i}"))]),
            DatexSamples.Version3(DatexSamples.Record("EnvironmentalObstruction", location: "<sit:locationReference><loc:gmlLineString><loc:posList>53.00 -2.90 53.01 -2.90</loc:posList></loc:gmlLineString></sit:locationReference>")),
        ],
        _ =>
        [
            CapSamples.Embedded(CapSamples.Alert(), CapSamples.Weather(), CapSamples.Cancel(), CapSamples.Alert("ea-5", happening: "Fire", area: "<circle>53.05,-2.99 0.5</circle>")),
            CapSamples.Alert(),
            CapSamples.Atom([("e", $"<georss:point>53.05 -2.99</georss:point><content>{CapSamples.Alert("ea-6", area: "")}</content>")]),
            CapSamples.Rss("mailto:x", "https://elsewhere.example/x"),
        ],
    };

    private static string Waze(int i) => $$$"""
        {"uuid":"u{{{i}}}","pubMillis":1768032000000,"type":"{{{(i % 2 == 0 ? "ACCIDENT" : "HAZARD")}}}","subtype":"HAZARD_WEATHER_FLOOD","reliability":{{{4 + i}}},"location":{"x":-2.99,"y":53.05}}
        """;

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var body = seed.ToArray();
        for (var n = random.Next(4); n > 0 && body.Length > 0; n--)
        {
            var at = random.Next(body.Length);
            switch (random.Next(8))
            {
                case 0 when random.Next(4) == 0: body = body[..at]; break;
                case 0 or 1: body[at] = (byte)random.Next(256); break;
                case 2: body[at] = "<>&\"'/=[]{}0-9,. "u8[random.Next(17)]; break;
                case 3: body[at] = (byte)('0' + random.Next(10)); break;
                case 4: body = [.. body[..at], .. body[random.Next(body.Length)..]]; break;
                case 5: body = [.. body[..at], .. "&#xD800;\\ud800&x;]]>"u8, .. body[at..]]; break;
                case 6: body = Digits(body, random); break;
                default: body = [.. body[..at], .. Enumerable.Repeat((byte)(random.Next(2) == 0 ? '[' : '<'), random.Next(80)), .. body[at..]]; break;
            }
        }

        return body;
    }

    /// <summary>Another number, date or coordinate, so that the body stays well-formed.</summary>
    private static byte[] Digits(byte[] body, Random random)
    {
        for (var i = random.Next(body.Length); i < body.Length; i++)
        {
            if (body[i] is >= (byte)'0' and <= (byte)'9')
            {
                body[i] = (byte)"0123456789-.eN"[random.Next(14)];
                break;
            }
        }

        return body;
    }
}
