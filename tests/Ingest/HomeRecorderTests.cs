using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest;

public sealed class HomeRecorderTests : IAsyncLifetime
{
    private static readonly DeviceSighting Alarm = new("0x01", "hall", ["fire.smoke"], "HS1SA", "zigbee2mqtt");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));
    private readonly MemoryRegistryStore _store = new();
    private readonly Registry _registry = Registry.Empty;
    private HomeRecorder _recorder = null!;

    public async ValueTask InitializeAsync()
    {
        var home = new RegisteredHome { Gateway = "gw1", RegisteredAt = _time.GetUtcNow() };
        await _store.SaveAsync([home], _time.GetUtcNow());
        _registry.Put(home);
        _recorder = new HomeRecorder(_registry, _store, _time, NullLogger<HomeRecorder>.Instance);
        await _recorder.StartAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _recorder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Saw_KnownGateway_IsWrittenDownSoonAndStrangersAreNot()
    {
        _recorder.Saw("gw1", Alarm with { Name = new string('n', 500) });
        _recorder.Saw("nobody", Alarm);

        await UntilAsync(async () => (await _store.DevicesAsync("gw1", default)).Count == 1, "the device");
        Assert.Equal(100, (await _store.DevicesAsync("gw1", default))[0].Sighting.Name.Length);
        Assert.Empty(await _store.DevicesAsync("nobody", default));
    }

    [Fact]
    public async Task Saw_LedgerUnavailable_IsKeptForTheNextTime()
    {
        _store.Fault = new LedgerUnavailableException("away on purpose");
        _recorder.Saw("gw1", Alarm);
        _time.Advance(TimeSpan.FromSeconds(3));
        _store.Fault = null;
        await UntilAsync(async () => (await _store.DevicesAsync("gw1", default)).Count == 1, "the device");
    }

    [Fact]
    public async Task Heard_WhenStopping_IsWrittenDown()
    {
        _registry.Find("gw1")!.Heard.Count(_time.GetUtcNow());
        await _recorder.StopAsync(CancellationToken.None);
        Assert.Equal(_time.GetUtcNow(), _store["gw1"]!.HeardAt);
    }

    [Fact]
    public void Speaks_SeveralDialects_AreListedOnceInOrder()
    {
        foreach (var dialect in (string[])["zigbee2mqtt", "tasmota", "zigbee2mqtt"])
            _recorder.Speaks("gw1", dialect);
        Assert.Equal(["tasmota", "zigbee2mqtt"], _registry.Find("gw1")!.Heard.Read().Dialects);
    }

    /// <summary>Lets time pass until something is so: the recorder may not wait for its period yet.</summary>
    private async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(MqttTown.Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for: {what}");
            _time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
