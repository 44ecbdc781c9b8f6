namespace CivicSignals.Silo.Hosting;

/// <summary>The platform cannot start as configured. The message is one line for the person who started it and names the key.</summary>
public sealed class StartException : Exception
{
    public StartException() { }
    public StartException(string message) : base(message) { }
    public StartException(string message, Exception inner) : base(message, inner) { }
}
