using CivicSignals.Areas;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// Which posts speak with one voice: a quote with what it quotes, and a text with the one that it copies. Remembers posts that say something of a place,
/// bounded in number and age, without their texts. Thread-safe.
/// </summary>
internal sealed class PostMemory
{
    /// <summary>A text is looked for among those of this long.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(2);

    /// <summary>Posts remembered; beyond it the oldest are forgotten.</summary>
    public const int MostPosts = 4096;

    private readonly Lock _gate = new();
    private readonly LinkedList<Heard> _oldestFirst = [];
    private readonly Dictionary<string, LinkedListNode<Heard>> _byKey = [];

    /// <summary>The group of a post, which is remembered with it. The same post again keeps its group.</summary>
    /// <param name="key">The post's.</param>
    /// <param name="quotes">The key of the post that it quotes, or null.</param>
    /// <param name="text">What it says.</param>
    /// <param name="kind">What that is.</param>
    /// <param name="place">Where.</param>
    /// <param name="at">When it came.</param>
    public string Group(string key, string? quotes, PostText text, string kind, Place place, DateTimeOffset at)
    {
        var sketch = TextSketch.Of(text);
        lock (_gate)
        {
            Forget(at);
            if (_byKey.TryGetValue(key, out var before))
                return before.Value.Group;
            var group = quotes is not null ? Quoted(quotes) : Copied(sketch, kind, place) ?? key;
            Add(new Heard(key, group, sketch, kind, place, at));
            return group;
        }
    }

    /// <summary>Remembers a post from before a restart. Oldest first.</summary>
    public void Recall(string key, string? group, PostText text, string kind, Place place, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (!_byKey.ContainsKey(key))
                Add(new Heard(key, group ?? key, TextSketch.Of(text), kind, place, at));
        }
    }

    private string Quoted(string key) => _byKey.TryGetValue(key, out var quoted) ? quoted.Value.Group : key;

    private string? Copied(TextSketch sketch, string kind, Place place)
    {
        foreach (var heard in _oldestFirst)
        {
            if (heard.Kind == kind && Geo.DistanceM(heard.Place, place) <= heard.Place.UncertaintyM + place.UncertaintyM
                && heard.Sketch.Similarity(sketch) >= TextSketch.Copy)
                return heard.Group;
        }

        return null;
    }

    private void Add(Heard heard)
    {
        _byKey.Add(heard.Key, _oldestFirst.AddLast(heard));
        if (_byKey.Count > MostPosts)
            RemoveOldest();
    }

    private void Forget(DateTimeOffset now)
    {
        while (_oldestFirst.First is { } oldest && oldest.Value.At < now - Span)
            RemoveOldest();
    }

    private void RemoveOldest()
    {
        _byKey.Remove(_oldestFirst.First!.Value.Key);
        _oldestFirst.RemoveFirst();
    }

    private sealed record Heard(string Key, string Group, TextSketch Sketch, string Kind, Place Place, DateTimeOffset At);
}
