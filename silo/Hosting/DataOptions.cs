namespace CivicSignals.Silo.Hosting;

/// <summary>Where everything durable is kept. Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Folder, relative to the working directory; made when missing. Default <c>data</c>.</summary>
    public string Path { get; set; } = "data";

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Path))
            yield return "Data:Path: is empty; it names the folder that keeps the ledger";
    }
}
