namespace CivicSignals.Silo.CommandLine;

/// <summary>The command line makes no sense. The message is one line for the person who typed it.</summary>
public sealed class UsageException : Exception
{
    public UsageException() { }
    public UsageException(string message) : base(message) { }
    public UsageException(string message, Exception inner) : base(message, inner) { }
}
