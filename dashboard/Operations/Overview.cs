using CivicSignals.Accounting;
using CivicSignals.Deliveries;
using CivicSignals.Silos;

namespace CivicSignals.Dashboard.Operations;

/// <summary>What the operations page says of the whole platform: of several silos all that they last said, of one alone what is so now.</summary>
/// <param name="Totals">The message account.</param>
/// <param name="Excess">How many messages silos have settled more than they received: 0 where the account adds up.</param>
/// <param name="Rejected">Rejected messages, newest first.</param>
/// <param name="Deliveries">The accounts on public networks, by name.</param>
public sealed record Overview(MessageTotals Totals, long Excess, IReadOnlyList<DeadLetter> Rejected, IReadOnlyList<DeliveryState> Deliveries)
{
    /// <summary>Of all silos.</summary>
    public static Overview Of(IReadOnlyList<SiloReport> silos) => new(
        Sum([.. silos.Select(silo => silo.Messages)]),
        silos.Sum(silo => Math.Max(0, -silo.Messages.InFlight)),
        [.. silos.SelectMany(silo => silo.Rejected).OrderByDescending(letter => letter.At).Take(SiloReport.MostRejected)],
        [.. silos.SelectMany(silo => silo.Deliveries).OrderBy(state => state.Target, StringComparer.Ordinal)]);

    /// <summary>Of this one.</summary>
    public static Overview Of(MessageTotals totals, DeadLetters letters, IReadOnlyList<DeliveryState> deliveries) =>
        new(totals, Math.Max(0, -totals.InFlight), letters.Newest(SiloReport.MostRejected), deliveries);

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
