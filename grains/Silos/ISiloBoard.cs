namespace CivicSignals.Silos;

/// <summary>Where every silo says how it is. One for the cluster, key 0; what it knows is soft and said again every few seconds.</summary>
[Alias("silo-board")]
public interface ISiloBoard : IGrainWithIntegerKey
{
    /// <summary>A silo says how it is.</summary>
    [Alias("report")]
    Task ReportAsync(SiloReport report, CancellationToken cancellation);

    /// <summary>The last word of each silo that has spoken within <see cref="SiloBoard.Remembered"/>, by name.</summary>
    [Alias("read")]
    Task<IReadOnlyList<SiloReport>> ReadAsync(CancellationToken cancellation);
}
