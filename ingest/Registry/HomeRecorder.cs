using System.Collections.Concurrent;
using CivicSignals.Homes;
using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Registration;

/// <summary>
/// Writes down, behind the messages, which devices homes have and when they were heard last. It is no evidence: a crash loses some seconds of the
/// one and a minute of the other, and the gateways say it again.
/// </summary>
internal sealed class HomeRecorder(Registry registry, IRegistryStore store, TimeProvider time, ILogger<HomeRecorder> log) : BackgroundService, IDeviceSightings
{
    private const int MostWaiting = 20_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeardPeriod = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Gateway, string Id), DeviceSighting> _devices = new();
    private readonly Dictionary<string, DateTimeOffset> _written = [];
    private DateTimeOffset _heardAt;

    public void Saw(string gateway, DeviceSighting device)
    {
        if (registry.Find(gateway) is not null && device.Id.Length <= 150 && (_devices.Count < MostWaiting || _devices.ContainsKey((gateway, device.Id))))
            _devices[(gateway, device.Id)] = device with { Name = Cut(device.Name)!, Model = Cut(device.Model), Kinds = [.. device.Kinds.Take(32)] };
    }

    public void Speaks(string gateway, string dialect) => registry.Find(gateway)?.Heard.Speaks(dialect);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(isLast: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        _heardAt = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(isLast: false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the last is written then.
        }
    }

    private async Task WriteAsync(bool isLast)
    {
        var now = time.GetUtcNow();
        var devices = _devices.ToArray();
        var heard = isLast || now - _heardAt >= HeardPeriod ? Heard() : [];
        if (devices.Length == 0 && heard.Count == 0)
            return;
        try
        {
            await store.SightAsync([.. devices.Select(entry => (entry.Key.Gateway, entry.Value))], heard, now);
        }
        catch (LedgerUnavailableException e)
        {
            IngestLog.HomesNotRecorded(log, e); // All is kept, for the next time.
            return;
        }

        foreach (var entry in devices)
            _devices.TryRemove(entry);
        if (heard.Count > 0)
            _heardAt = now;
        foreach (var (gateway, at) in heard)
            _written[gateway] = at;
    }

    private List<(string Gateway, DateTimeOffset At)> Heard()
    {
        var heard = new List<(string, DateTimeOffset)>();
        foreach (var gateway in registry.Gateways)
        {
            var written = _written.TryGetValue(gateway.Home.Gateway, out var at) ? at : gateway.Home.HeardAt;
            if (gateway.Heard.LastAt is { } last && last != written)
                heard.Add((gateway.Home.Gateway, last));
        }

        return heard;
    }

    private static string? Cut(string? text) => text?.Length > 100 ? text[..100] : text;
}
