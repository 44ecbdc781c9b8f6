namespace CivicSignals.Silo.Hosting;

/// <summary>Which neighbourhoods are served. Section <c>Neighbourhoods</c>.</summary>
public sealed class NeighbourhoodOptions
{
    /// <summary>GeoJSON file of named polygons; empty: the ones that come with the platform. Default empty.</summary>
    public string File { get; set; } = "";

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (File.Length > 0 && !System.IO.File.Exists(File))
            yield return $"Neighbourhoods:File: there is no file {File}";
    }
}
