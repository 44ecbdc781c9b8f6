using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Ledger;

namespace CivicSignals.Ingest.Silence;

/// <summary>Judges short alarms when their hour has passed: one that nothing confirmed was false, and a device with several false ones is a nuisance.</summary>
internal sealed class Nuisances(AlarmEpisodes episodes, FactBook book, IHomeFactStore store, ILedgerReader ledger)
{
    /// <summary>So many false alarms of one device within <see cref="Window"/> make it a nuisance. A first choice: three calls are where police withdraw, too.</summary>
    public const int Several = 3;

    /// <summary>How far back false alarms count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private const int MostIncidents = 1000;

    /// <exception cref="LedgerUnavailableException">The ledger cannot be read: what was due is lost, and counts too few.</exception>
    public async Task JudgeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var due = episodes.TakeDue(now);
        if (due.Count == 0)
            return;
        var confirmed = await ConfirmedAsync(due.Min(episode => episode.Since), cancellation);
        foreach (var episode in due.Where(episode => !confirmed.Contains(episode.Source)))
        {
            var before = await store.CountAsync(episode.Gateway, episode.Device, HomeFactKind.FalseAlarm, now - Window, cancellation);
            var unwritten = due.TakeWhile(other => other != episode).Count(other => other.Source == episode.Source);
            book.Note(new HomeFact(episode.Gateway, episode.Device, HomeFactKind.FalseAlarm, episode.Since, episode.Until));
            if (before + unwritten + 1 >= Several)
                book.Begin(episode.Gateway, episode.Device, HomeFactKind.Nuisance, now);
        }
    }

    /// <summary>Ends what has been quiet for long enough.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be read now.</exception>
    public async Task EndOldAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var (gateway, device) in book.All(HomeFactKind.Nuisance))
        {
            if (await store.CountAsync(gateway, device, HomeFactKind.FalseAlarm, now - Window, cancellation) < Several)
                book.End(gateway, device, HomeFactKind.Nuisance, now);
        }
    }

    /// <summary>The sources whose evidence stands in a confirmed incident.</summary>
    private async Task<HashSet<string>> ConfirmedAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var sources = new HashSet<string>();
        foreach (var entry in await ledger.IncidentsAsync(new IncidentQuery(Since: since, Limit: MostIncidents), cancellation))
        {
            var line = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!;
            if (line.Confirmation is not null)
                sources.UnionWith(line.Evidence.Where(evidence => evidence.At >= since.AddMinutes(-1)).Select(evidence => evidence.Source));
        }

        return sources;
    }
}
