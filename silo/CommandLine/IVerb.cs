namespace CivicSignals.Silo.CommandLine;

/// <summary>One thing that the program does.</summary>
internal interface IVerb
{
    /// <summary>The word on the command line; empty for what it does without one.</summary>
    string Name { get; }

    /// <summary>What follows the word, for the help.</summary>
    string Usage { get; }

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">What follows the word.</param>
    /// <param name="output">Where its result goes.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    Task<int> RunAsync(string[] arguments, TextWriter output);
}
