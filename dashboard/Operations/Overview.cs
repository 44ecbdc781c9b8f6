using CivicSignals.Accounting;
using CivicSignals.Deliveries;
using CivicSignals.Silos;

namespace CivicSignals.Dashboard.Operations;

/// <summary>What the operations page says of the whole platform: all that the silos last said.</summary>
/// <param name="Totals">The message account.</param>
/// <param name="Excess">How many messages silos have settled more than they received: 0 where the account adds up.</param>
/// <param name="Rejected">Rejected messages, newest first.</param>
/// <param name="Deliveries">The accounts on public networks, by name.</param>
/// <param name="Feeds">The polled feeds in the configuration's order, each as the silo that reads it found it.</param>
/// <param name="Alerts">From the message to the alert on disk.</param>
/// <param name="Commits">Commits of areas.</param>
public sealed record Overview(
    MessageTotals Totals, long Excess, IReadOnlyList<DeadLetter> Rejected, IReadOnlyList<DeliveryState> Deliveries, IReadOnlyList<FeedView> Feeds, LatencyCounts Alerts, LatencyCounts Commits)
{
    /// <summary>Of the silos that have said how they are, one at least.</summary>
    public static Overview Of(IReadOnlyList<SiloReport> silos) => new(
        Sum([.. silos.Select(silo => silo.Messages)]),
        silos.Sum(silo => Math.Max(0, -silo.Messages.InFlight)),
        [.. silos.SelectMany(silo => silo.Rejected).OrderByDescending(letter => letter.At).Take(SiloReport.MostRejected)],
        [.. silos.SelectMany(silo => silo.Deliveries).OrderBy(state => state.Target, StringComparer.Ordinal)],
        FeedView.Of(silos),
        LatencyCounts.Sum([.. silos.Select(silo => silo.Alerts)]),
        LatencyCounts.Sum([.. silos.Select(silo => silo.Commits)]));

    private static MessageTotals Sum(IReadOnlyList<MessageTotals> parts) => new(
        parts.Sum(part => part.Received),
        parts.Sum(part => part.Evidence),
        parts.Sum(part => part.Ambient),
        parts.Sum(part => part.Repeated),
        Sum(parts.Select(part => part.RejectedByReason)),
        Sum(parts.Select(part => part.FailedByReason)));

    private static SortedDictionary<string, long> Sum(IEnumerable<IReadOnlyDictionary<string, long>> parts) => new(
        parts.SelectMany(part => part).GroupBy(reason => reason.Key).ToDictionary(reason => reason.Key, reason => reason.Sum(one => one.Value)),
        StringComparer.Ordinal);
}
