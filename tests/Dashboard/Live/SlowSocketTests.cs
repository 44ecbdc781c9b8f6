using System.Diagnostics.Metrics;
using CivicSignals.Accounting;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Live;

public sealed class SlowSocketTests
{
    [Fact]
    public async Task Stream_ReaderThatStops_IsCutAndItsSeatFreed()
    {
        var open = new Dictionary<string, long>();
        using var listener = new MeterListener();
        await using var site = await Site.StartAsync(null, ("Live:Waiting", "20"));
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == MessageAccount.MeterName && instrument.Meter.Scope == site.Services.GetService(typeof(IMeterFactory)) && instrument.Name == "civicsignals.live.connections")
                me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => open[(string)tags[0].Value!] = value);
        listener.Start();

        await using var stopped = await EventStream.OpenAsync(site.Http, "/api/alerts/stream", "0");
        Assert.Equal(1, Open());

        // More than the sockets between can hold.
        var large = new string('x', 200_000);
        for (var i = 0; i < 400 && Open() > 0; i++)
        {
            site.Publish(Entries.Entry(Entries.Alert($"a{i}", headline: large)));
            await Task.Delay(5);
        }

        Assert.Equal(0, Open());
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await stopped.NextAsync() is not null)
            {
                // What was on its way still comes, and then no proper end.
            }
        });

        long Open()
        {
            listener.RecordObservableInstruments();
            return open["public"];
        }
    }
}
