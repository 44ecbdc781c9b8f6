using CivicSignals.Faults.Checks;
using CivicSignals.Faults.Cluster;
using CivicSignals.Faults.Kinds;
using CivicSignals.Faults.Load;

namespace CivicSignals.Faults;

/// <summary>Makes faults, one after the other, on a cluster under load, and has the outcome checked.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int Restless = 9;
    private const int DiskMiB = 1536;

    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly IReadOnlyList<FaultKind> _strikes;
    private readonly Random _random;
    private readonly Action<string> _tell;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _given = new();
    private readonly List<AlertReader> _readers = [];
    private readonly List<RestlessHome> _homes = [];
    private readonly List<BurningHome> _fires = [];
    private SlowWay? _way;
    private string? _clock;
    private TownCluster? _cluster;
    private LedgerWatch? _watch;

    private FaultRun(IReadOnlyList<FaultKind> strikes, int seed, Action<string> tell) => (_strikes, _random, _tell) = (strikes, new Random(seed), tell);

    /// <summary>Runs it.</summary>
    /// <param name="strikes">Which faults, in their order; at least one.</param>
    /// <param name="program">The platform's assembly.</param>
    /// <param name="folder">For everything that it writes, absent yet.</param>
    /// <param name="seed">Of the moments.</param>
    /// <param name="tell">Is told how it goes.</param>
    public static async Task<FaultReport> RunAsync(IReadOnlyList<FaultKind> strikes, string program, string folder, int seed, Action<string> tell)
    {
        await using var run = new FaultRun(strikes, seed, tell);
        await run.StartAsync(program, folder);
        var living = Task.WhenAll(run._homes.Select(home => home.LiveAsync(run._stop.Token, run._given.Token)));
        await Task.Delay(Gap);
        return await run.StrikeAsync(living);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _given.CancelAsync();
        foreach (var reader in _readers)
            await reader.DisposeAsync();
        if (_watch is not null)
            await _watch.DisposeAsync();
        foreach (var home in _homes)
            home.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _way?.Dispose();
        _stop.Dispose();
        _given.Dispose();
    }

    private async Task StartAsync(string program, string folder)
    {
        var restless = Enumerable.Range(1, Restless).Select(n => $"gw{n}").ToList();
        var fires = Enumerable.Range(1, _strikes.Sum(strike => strike.Fires)).Select(n => $"fire{n}").ToList();
        _cluster = await TownCluster.StartAsync(new ClusterPlan(program, folder, [.. restless, .. fires], _strikes.Any(strike => strike.CutsNetwork) ? await Namespaces.CreateAsync(TownCluster.Silos) : new Loopback())
        {
            Environment = _strikes.Any(strike => strike.ChangesClock) ? FakeClock(folder) : [],
            Databases = database => database.CreateAsync(_strikes.Any(strike => strike.FillsDisk) ? DiskMiB : null),
            DatabasePort = _strikes.Any(strike => strike.SlowsDatabase) ? database => (_way = new SlowWay(database.Port)).Port : null,
        });
        _watch = new LedgerWatch(_cluster.Database, Time);
        _readers.AddRange(_cluster.All.Select(silo => new AlertReader(silo.Http, _cluster.Token)));
        _homes.AddRange(restless.Select(gateway => new RestlessHome(_cluster.Broker.Port, gateway, Time)));
        _fires.AddRange(fires.Select(gateway => new BurningHome(_cluster.Broker.Port, gateway, Time)));
        foreach (var some in _fires.Chunk(8))
            await Task.WhenAll(some.Select(fire => fire.ComeOnlineAsync(_given.Token)));
        _tell("the cluster is ready");
    }

    private (string, string)[] FakeClock(string folder)
    {
        Directory.CreateDirectory(folder);
        _clock = Path.Combine(folder, "clock");
        File.WriteAllText(_clock, "+0\n");
        return [("LD_PRELOAD", Machine.FakeTime), ("FAKETIME_TIMESTAMP_FILE", _clock), ("FAKETIME_NO_CACHE", "1"), ("DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_FORCE_MONOTONIC_FIX", "0")];
    }

    private async Task<FaultReport> StrikeAsync(Task living)
    {
        var scene = new Scene(_cluster!, _random, Time) { Way = _way, Clock = _clock };
        var recoveries = new List<Recovery>();
        var burning = new List<Task>();
        var problems = new List<string>();
        try
        {
            await SettleAsync(Time.GetUtcNow());
            foreach (var (n, strike) in _strikes.Index())
            {
                burning.AddRange(_fires.Skip(burning.Count).Take(strike.Fires).Select(fire => BurnAsync(fire, _random.NextDouble() * strike.FiresWithin)));
                await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble()));
                var at = await strike.StrikeAsync(scene);
                await SettleAsync(Time.GetUtcNow());
                recoveries.Add(Recovery.Of(at, Acknowledged(), _watch!.Seen));
                _tell($"{strike.Name} {n + 1}/{_strikes.Count}: taken over after {recoveries[n].TakenOver?.TotalSeconds:0.0} s, longest wait {recoveries[n].LongestWait.TotalSeconds:0.0} s");
            }

            await _stop.CancelAsync();
            await Task.WhenAll([living, .. burning]).WaitAsync(Settles);
            await Waiting.UntilAsync(() => IsSettled(TimeSpan.Zero), "every acknowledged alarm to be in the ledger", Settles);
            await Task.Delay(Gap); // For the ends.
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            problems.Add(e.Message);
            _tell(e.Message);
            await _stop.CancelAsync();
            await Task.WhenAny(living, Task.Delay(Settles)); // What is sent while the ledger is read would pass for lost.
            await Task.Delay(Gap * 10);
        }

        return await ReportAsync(scene, recoveries, problems);
    }

    private async Task<FaultReport> ReportAsync(Scene scene, List<Recovery> recoveries, List<string> problems)
    {
        var burnt = _fires.Where(fire => fire.Alight is not null).ToList();
        var ledger = await LedgerWatch.ReadAllAsync(_cluster!.Database);
        var alerts = ledger.Where(entry => entry.Kind == EntryKind.Alert).Select(entry => entry.Seq).ToHashSet();
        try
        {
            await Waiting.UntilAsync(() => _readers.All(reader => alerts.IsSubsetOf(reader.Alerts)), "all readers to have every alert", TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            problems.Add(e.Message);
        }

        var verdict = new Checker(Acknowledged(), [.. burnt.Select(fire => fire.Gateway)], ledger)
            .Decide([.. _readers.Zip(_cluster.All, (reader, silo) => ($"silo {silo.Number}", (IReadOnlyList<long>)[.. reader.Alerts]))]);
        foreach (var silo in _cluster.All)
        {
            if (await AccountOf.QuietAsync(silo) is { Adds: false } account)
                problems.Add($"silo {silo.Number} received {account.Received} messages and settled {account.Settled}");
        }

        return new FaultReport(_strikes[0], recoveries, verdict, [.. scene.Figures], [.. problems, .. scene.Complaints])
        {
            Waits = Waits(),
            Alerts = [.. burnt.Select(fire => (fire.Alight!.Value, _watch!.Alerted.TryGetValue(TownFiles.PremisesOf(fire.Gateway), out var at) ? at - fire.Alight.Value : TimeSpan.MaxValue))],
        };
    }

    /// <summary>How long each acknowledged alarm took from its PUBACK to the ledger.</summary>
    private List<TimeSpan> Waits() =>
        [.. Acknowledged().Where(sent => !sent.Ended && _watch!.Seen.ContainsKey(sent.Key)).Select(sent => _watch!.Seen[sent.Key] - sent.Acknowledged)];

    private async Task BurnAsync(BurningHome fire, double after)
    {
        await Task.Delay(TimeSpan.FromSeconds(after), _given.Token);
        await fire.BurnAsync(_given.Token);
    }

    private List<Sent> Acknowledged() => [.. _homes.SelectMany(home => home.Acknowledged)];

    /// <summary>Waits until every home is heard again, and every acknowledged alarm but the newest is in the ledger.</summary>
    /// <param name="since">Of every home, an alarm that was sent after this.</param>
    private Task SettleAsync(DateTimeOffset since) => Waiting.UntilAsync(
        () => IsSettled(Gap) && _homes.All(home => home.Acknowledged.Any(sent => !sent.Ended && sent.Begun > since && _watch!.Seen.ContainsKey(sent.Key))),
        "alarms of every home to be in the ledger",
        Settles);

    private bool IsSettled(TimeSpan within)
    {
        var now = Time.GetUtcNow();
        return Acknowledged().All(sent => sent.Ended || now - sent.Acknowledged < within || _watch!.Seen.ContainsKey(sent.Key))
            && _fires.All(fire => fire.Alight is not { } at || now - at < within || _watch!.Alerted.ContainsKey(TownFiles.PremisesOf(fire.Gateway)));
    }
}
