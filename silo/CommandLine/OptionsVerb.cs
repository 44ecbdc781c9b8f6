namespace CivicSignals.Silo.CommandLine;

/// <summary>Prints the configuration reference.</summary>
internal sealed class OptionsVerb : IVerb
{
    public string Name => "options";

    public string Usage => "";

    public string Summary => "print the configuration reference, in Markdown: every key with its type, default and meaning";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        Arguments.Parse(arguments).WithoutOperands();
        await output.WriteAsync(OptionReference.Write());
        return 0;
    }
}
