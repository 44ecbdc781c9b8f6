namespace CivicSignals.Learning;

/// <summary>What people decide about false calls that an area counts. Its key is the area's, and the area's grain answers.</summary>
[Alias("area-false-calls")]
public interface IAreaFalseCalls : IGrainWithStringKey
{
    /// <summary>Restores the response to premises' unconfirmed alarms. On disk when it returns.</summary>
    /// <returns>False: it is not withdrawn.</returns>
    [Alias("restore")]
    Task<bool> RestoreAsync(FalseCallRestoration restoration, CancellationToken cancellation);
}
