namespace CivicSignals.Ingest.Posts;

/// <summary>How long to stay away after a connection ended: longer each time, and never all at the same moment.</summary>
/// <param name="random">Spreads.</param>
/// <param name="least">The shortest wait.</param>
/// <param name="most">The longest wait.</param>
internal sealed class Backoff(Random random, TimeSpan least, TimeSpan most)
{
    private TimeSpan _ceiling = least * 2;

    /// <summary>Between half the ceiling and the ceiling, which doubles.</summary>
    public TimeSpan Next()
    {
        var ceiling = _ceiling < most ? _ceiling : most;
        _ceiling = ceiling * 2;
        return ceiling * (0.5 + (random.NextDouble() / 2));
    }

    public void Reset() => _ceiling = least * 2;
}
