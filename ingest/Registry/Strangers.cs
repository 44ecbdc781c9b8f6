using CivicSignals.Homes;

namespace CivicSignals.Ingest.Registration;

/// <summary>Names that were heard under <c>homes/</c> without being registered; the longest silent goes when there are too many.</summary>
internal sealed class Strangers
{
    /// <summary>How many are kept.</summary>
    public const int Most = 200;

    private const int LongestName = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HearingMeter> _heard = [];

    public void Count(ReadOnlySpan<char> name, DateTimeOffset at)
    {
        name = name[..Math.Min(name.Length, LongestName)];
        lock (_gate)
        {
            var byName = _heard.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!byName.TryGetValue(name, out var meter))
            {
                if (_heard.Count == Most)
                    _heard.Remove(_heard.MinBy(entry => entry.Value.LastAt).Key);
                byName[name] = meter = new HearingMeter();
            }

            meter.Count(at);
        }
    }

    public void Forget(string name)
    {
        lock (_gate)
            _heard.Remove(name);
    }

    /// <summary>The last heard first.</summary>
    public IReadOnlyList<Stranger> Read()
    {
        lock (_gate)
            return [.. _heard.OrderByDescending(entry => entry.Value.LastAt).Select(entry => new Stranger(entry.Key, entry.Value.Read()))];
    }
}
