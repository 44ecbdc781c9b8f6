namespace CivicSignals.Dashboard.Live;

/// <summary>The most recent frames, ordered by sequence number. Not thread-safe.</summary>
internal sealed class LiveRing(int capacity)
{
    private readonly LiveFrame[] _frames = new LiveFrame[capacity];
    private int _start;
    private int _count;

    /// <summary>Every frame with a higher sequence number than this is in the ring.</summary>
    public long CompleteAfter { get; private set; }

    /// <summary>Forgets everything and begins after a sequence number.</summary>
    public void BeginAfter(long seq)
    {
        Array.Clear(_frames);
        (_start, _count) = (0, 0);
        CompleteAfter = seq;
    }

    /// <summary>Adds the next frame; the oldest goes when the ring is full.</summary>
    public void Add(LiveFrame frame)
    {
        if (_count == _frames.Length)
        {
            CompleteAfter = _frames[_start].Seq;
            _frames[_start] = frame;
            _start = (_start + 1) % _frames.Length;
            return;
        }

        _frames[(_start + _count) % _frames.Length] = frame;
        _count++;
    }

    /// <summary>The frames after a sequence number that pass the filter, in order.</summary>
    public List<LiveFrame> After(long seq, LiveFilter filter)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Seq <= seq)
                low = middle + 1;
            else
                high = middle;
        }

        var frames = new List<LiveFrame>();
        for (var i = low; i < _count; i++)
        {
            if (filter.Passes(At(i)))
                frames.Add(At(i));
        }

        return frames;
    }

    private LiveFrame At(int index) => _frames[(_start + index) % _frames.Length];
}
