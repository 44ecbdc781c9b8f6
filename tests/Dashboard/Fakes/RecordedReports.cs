using System.Collections.Concurrent;
using CivicSignals.Reports;

namespace CivicSignals.Tests.Dashboard.Fakes;

/// <summary>Writes down what residents say, and answers what it is told to.</summary>
public sealed class RecordedReports : IReports
{
    public ConcurrentQueue<Report> Offered { get; } = [];
    public ReportOutcome Answer { get; set; } = new(ReportStatus.Taken);

    public Task<ReportOutcome> OfferAsync(Report report)
    {
        Offered.Enqueue(report);
        return Task.FromResult(Answer);
    }
}
