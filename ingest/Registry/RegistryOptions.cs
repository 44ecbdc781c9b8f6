namespace CivicSignals.Ingest.Registration;

/// <summary>Where the registry is. Section <c>Registry</c>.</summary>
public sealed class RegistryOptions
{
    /// <summary>Path of the registry file. Default empty: <c>registry.json</c> under <c>Data:Path</c>, made at the first start.</summary>
    public string File { get; set; } = "";
}
