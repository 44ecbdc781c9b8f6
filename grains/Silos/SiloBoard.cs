namespace CivicSignals.Silos;

/// <inheritdoc/>
public sealed class SiloBoard(TimeProvider time) : Grain, ISiloBoard
{
    /// <summary>A silo that has gone is shown for so long.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, SiloReport> _reports = [];

    public Task ReportAsync(SiloReport report, CancellationToken cancellation)
    {
        _reports[report.Silo] = report;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SiloReport>> ReadAsync(CancellationToken cancellation)
    {
        var oldest = time.GetUtcNow() - Remembered;
        foreach (var gone in _reports.Values.Where(report => report.At < oldest).ToList())
            _reports.Remove(gone.Silo);
        return Task.FromResult<IReadOnlyList<SiloReport>>([.. _reports.Values.OrderBy(report => report.Silo, StringComparer.Ordinal)]);
    }
}
