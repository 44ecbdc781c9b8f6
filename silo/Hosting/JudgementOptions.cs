namespace CivicSignals.Silo.Hosting;

/// <summary>By which numbers and rules incidents are judged and told. Section <c>Judgement</c>.</summary>
public sealed class JudgementOptions
{
    /// <summary>JSON file of the fusion model; empty: the one that comes with the platform. Default empty.</summary>
    public string ModelFile { get; set; } = "";

    /// <summary>JSON file of the alert policy; empty: the one that comes with the platform. Default empty.</summary>
    public string PolicyFile { get; set; } = "";

    /// <summary>What is wrong, each line naming its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (ModelFile.Length > 0 && !File.Exists(ModelFile))
            yield return $"Judgement:ModelFile: there is no file {ModelFile}";
        if (PolicyFile.Length > 0 && !File.Exists(PolicyFile))
            yield return $"Judgement:PolicyFile: there is no file {PolicyFile}";
    }
}
