using CivicSignals.Ingest.Posts.Classifier.Training;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Trains the model that posts are judged by, and says how good it is.</summary>
internal sealed class TrainPostsVerb : IVerb
{
    public string Name => "train-posts";

    public string Usage => "--data DIR --output FILE";

    public string Summary => "train the model that posts are judged by, and say how good it is on events that it has not seen";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments, "data", "output").WithoutOperands();
        if (parsed.Option("data") is not { Length: > 0 } data || parsed.Option("output") is not { Length: > 0 } target)
            throw new UsageException($"train-posts needs --data DIR, with {CrisisPosts.FileName}, and --output FILE");
        var file = Path.Combine(data, CrisisPosts.FileName);
        if (!File.Exists(file))
            throw new UsageException($"there is no {file}");
        var training = PostTraining.Run(Read(file));
        await File.WriteAllTextAsync(target, training.Model.Write());
        foreach (var line in training.Report)
            await output.WriteLineAsync(line);
        return 0;
    }

    private static IReadOnlyList<LabelledPost> Read(string file)
    {
        using var reader = new StreamReader(file);
        try
        {
            return CrisisPosts.Read(reader);
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{file}: {e.Message}", e);
        }
    }
}
