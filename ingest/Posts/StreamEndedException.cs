namespace CivicSignals.Ingest.Posts;

/// <summary>A connection is of no more use.</summary>
/// <param name="message">Why, without secrets or data of posts.</param>
/// <param name="wait">How long to stay away; null: as usual.</param>
/// <param name="inner">What it comes from.</param>
internal class StreamEndedException(string message, TimeSpan? wait = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? Wait => wait;
}
