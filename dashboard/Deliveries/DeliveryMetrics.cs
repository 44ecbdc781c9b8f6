using System.Diagnostics.Metrics;
using CivicSignals.Accounting;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>Deliveries to public networks, in numbers, by account.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Counter<long> _deliveries;

    public DeliveryMetrics(IMeterFactory meters, DeliveryBoard board, TimeProvider time)
    {
        var meter = meters.Create(MessageAccount.MeterName);
        _deliveries = meter.CreateCounter<long>(
            "civicsignals.deliveries", "{delivery}", "Versions of alerts sent to accounts on public networks, and failures, by account and outcome");
        meter.CreateObservableGauge(
            "civicsignals.deliveries.waiting",
            () => board.States.Select(state => new Measurement<int>(state.Waiting, Of(state.Target))),
            "{alert}",
            "Alerts with a version that an account has not been told");
        meter.CreateObservableGauge(
            "civicsignals.deliveries.oldest",
            () => board.States.Select(state =>
                new Measurement<double>(state.OldestAt is { } at ? Math.Max(0, (time.GetUtcNow() - at).TotalSeconds) : 0, Of(state.Target))),
            "s",
            "Age of the version that has waited longest");
    }

    /// <summary>Counts one answer of a network: <c>done</c> is sent, <c>gone</c> is a post that was taken away, the others are failures.</summary>
    public void Answered(string target, Verdict outcome) =>
        _deliveries.Add(1, Of(target), new("outcome", outcome.ToString().ToLowerInvariant()));

    private static KeyValuePair<string, object?> Of(string target) => new("target", target);
}
