namespace CivicSignals.Silo.Hosting;

/// <summary>Which places posts are found at. Section <c>Gazetteer</c>.</summary>
public sealed class GazetteerOptions
{
    /// <summary>CSV file of <c>name,lat,lon,radius_m</c>: streets, places and postcodes; empty: those of the bundled town. Default empty.</summary>
    public string File { get; set; } = "";

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (File.Length > 0 && !System.IO.File.Exists(File))
            yield return $"Gazetteer:File: there is no file {File}";
    }
}
