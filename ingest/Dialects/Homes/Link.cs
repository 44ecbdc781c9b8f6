namespace CivicSignals.Ingest.Dialects.Homes;

/// <summary>
/// What carries the states of one or more devices: a gateway's program, or a device that speaks for itself. After it starts it repeats
/// states that it remembers, of any age.
/// </summary>
internal sealed class Link
{
    /// <summary>For so long after it starts, states are repeated.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    private DateTimeOffset? _firstHeardAt;
    private bool _hasSpoken;
    private DateTimeOffset _onlineAt;

    /// <summary>Counts its restarts.</summary>
    public int Epoch { get; private set; }

    /// <summary>A restart of what was known before; the first start is none, so that nothing that begins then is missed.</summary>
    public void CameOnline(DateTimeOffset at)
    {
        if (!_hasSpoken && (_firstHeardAt is not { } first || at - first <= CatchUp))
            return;
        Epoch++;
        _onlineAt = at;
    }

    /// <summary>
    /// Something of the link itself. What is recalled from before the platform's own start does not count: a gateway that reconnects then
    /// says that it is online without having restarted, and what its devices say next is news. What its area knew already is a repeat there.
    /// </summary>
    public void Heard(DateTimeOffset at)
    {
        if (at > DateTimeOffset.MinValue)
            _firstHeardAt ??= at;
    }

    /// <summary>A state of one of its devices: at its first start they come after it said that it is online.</summary>
    public void HeardDevice() => _hasSpoken = true;

    /// <summary>Whether its states may be of any age.</summary>
    public bool IsCatchingUp(DateTimeOffset at) => Epoch > 0 && at - _onlineAt <= CatchUp;
}
