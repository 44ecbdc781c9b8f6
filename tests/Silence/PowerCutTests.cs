using CivicSignals.Signals;

namespace CivicSignals.Tests.Silence;

/// <summary>Ten homes of one street and three of another town.</summary>
public sealed class PowerCutTests : IAsyncLifetime
{
    private static readonly string[] Street = [.. Enumerable.Range(1, 10).Select(i => $"street{i}")];
    private static readonly string[] Elsewhere = ["far1", "far2", "far3"];
    private SilenceBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await SilenceBench.StartAsync();
        await _bench.AddAsync(Consents.Fire, [.. Street.Select(gateway => $"{gateway} 53.0466 -2.9925"), .. Elsewhere.Select(gateway => $"{gateway} 53.4 -2.5")]);
        Come([.. Street, .. Elsewhere]);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Street_FallsSilentTogether_IsOneSignalAndOneFactUntilMostAreBack()
    {
        await LoseAsync(Street[..8]);
        await _bench.PassAsync(TimeSpan.FromMinutes(20));

        var cut = Assert.Single(await _bench.Facts.PowerCutsAsync(10, default));
        Assert.Equal((8, 10, null), (cut.Homes, cut.Of, cut.Until));
        var signal = Assert.Single(_bench.Areas.Signals);
        Assert.Equal(("supply.power-cut", true, $"areas/{cut.Area}"), (signal.Kind, signal.Active, signal.Source));
        Assert.Equal(cut.Area, Assert.Single(_bench.Areas.Offers).Area);

        Come(Street[..4]);
        await _bench.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Null(Assert.Single(await _bench.Facts.PowerCutsAsync(10, default)).Until);

        Come(Street[4..6]);
        await _bench.PassAsync(TimeSpan.FromMinutes(5));
        Assert.NotNull(Assert.Single(await _bench.Facts.PowerCutsAsync(10, default)).Until);
        Assert.False(_bench.Areas.Signals.Last().Active);
    }

    [Fact]
    public async Task Network_InFrontRestarts_IsNoPowerCut()
    {
        await LoseAsync([.. Street, .. Elsewhere]);
        await _bench.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(await _bench.Facts.PowerCutsAsync(10, default));
        Assert.Empty(_bench.Areas.Signals);
    }

    [Fact]
    public async Task Platform_Restarts_IsNoPowerCutAndOneThatLastsGoesOn()
    {
        await LoseAsync(Street);
        await _bench.PassAsync(TimeSpan.FromMinutes(5));
        _bench = await _bench.RestartAsync();
        Come(Elsewhere);
        await _bench.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Null(Assert.Single(await _bench.Facts.PowerCutsAsync(10, default)).Until);

        Come(Street);
        await _bench.LookAsync();
        Assert.NotNull(Assert.Single(await _bench.Facts.PowerCutsAsync(10, default)).Until);

        _bench = await _bench.RestartAsync();
        await _bench.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await _bench.Facts.PowerCutsAsync(10, default));
    }

    [Fact]
    public async Task Area_DoesNotTakeIt_IsToldAgain()
    {
        var answer = _bench.Areas.Answer;
        _bench.Areas.Answer = (_, _, _) => throw new InvalidOperationException("away on purpose");
        await LoseAsync(Street);
        await _bench.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(await _bench.Facts.PowerCutsAsync(10, default));

        _bench.Areas.Answer = answer;
        await _bench.LookAsync();
        Assert.Single(await _bench.Facts.PowerCutsAsync(10, default));
    }

    private void Come(string[] gateways) => Array.ForEach(gateways, _bench.Connections.Came);

    /// <summary>One after the other within a minute and a half, as keep-alives run out.</summary>
    private async Task LoseAsync(string[] gateways)
    {
        foreach (var gateway in gateways)
        {
            _bench.Connections.Went(gateway, withoutAWord: true);
            _bench.Time.Advance(TimeSpan.FromSeconds(90.0 / gateways.Length));
            await _bench.LookAsync();
        }
    }
}
