using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CivicSignals.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Registration;

/// <summary>Takes over what other machines change of homes, within a second or two. Starts before the registry is filled, so that nothing is missed.</summary>
internal sealed class RegistrySync(IRegistryChanges changes, Registry registry, TimeProvider time, ILogger<RegistrySync> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private string? _mark;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _mark = (await changes.SinceAsync(null, cancellationToken)).Mark;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TakeOverAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the next start reads all of it.
        }
    }

    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        try
        {
            var news = await changes.SinceAsync(_mark, cancellation);
            Put(news.Homes);
            Remove(news.Removed);
            _mark = news.Mark;
        }
        catch (LedgerUnavailableException e)
        {
            IngestLog.HomesNotSynced(log, e); // All of it is told again.
        }
    }

    private void Put(IReadOnlyList<RegisteredHome> homes)
    {
        var otherwise = homes.Where(home => registry.Find(home.Gateway) is not { Home: var known } || known with { HeardAt = home.HeardAt } != home).ToList();
        if (otherwise.Count == 0)
            return;
        var ended = otherwise.Where(home => registry.Find(home.Gateway) is { Home: var known } && known.Secret != home.Secret).ToList();
        registry.Put(otherwise);
        foreach (var home in ended)
            registry.End(home.Gateway);
    }

    private void Remove(IReadOnlyList<string> removed)
    {
        if (removed.Count == 0)
            return;
        var keys = removed.ToHashSet();
        foreach (var gateway in registry.Gateways.Select(gateway => gateway.Home.Gateway).Where(gateway => keys.Contains(Key(gateway))).ToList())
        {
            registry.Remove(gateway);
            registry.End(gateway);
        }
    }

    /// <summary>As the database hashes it: no secret is kept by it, only a name that is not to be.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "PostgreSQL can index it, and it protects nothing.")]
    private static string Key(string gateway) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(gateway)));
}
