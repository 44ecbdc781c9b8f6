using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;

namespace CivicSignals.Ingest.Silence;

/// <summary>What is so of homes now, and what of it is not written down yet. Thread-safe; bounded, per home and in all.</summary>
internal sealed class FactBook(Registry registry)
{
    /// <summary>More changes do not wait to be written: the ledger is away, and what is so will be said again.</summary>
    private const int MostWaiting = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Gateway, string Device, HomeFactKind What), DateTimeOffset> _open = [];
    private readonly Dictionary<string, int> _perHome = [];
    private List<HomeFact> _changes = [];

    /// <summary>Takes in what was so when the platform stopped.</summary>
    public void Load(IEnumerable<HomeFact> facts)
    {
        lock (_gate)
        {
            foreach (var fact in facts)
                Add(fact);
        }
    }

    /// <summary>Takes in what is so of some gateways' homes, in place of what was known of those.</summary>
    public void Replace(Func<string, bool> picked, IEnumerable<HomeFact> facts)
    {
        lock (_gate)
        {
            foreach (var key in _open.Keys.Where(key => picked(key.Gateway)).ToList())
            {
                _open.Remove(key);
                _perHome[key.Gateway]--;
            }

            foreach (var fact in facts.Where(fact => picked(fact.Gateway)))
                Add(fact);
        }
    }

    /// <summary>Something is so; nothing changes when that is known.</summary>
    public void Begin(string gateway, string device, HomeFactKind what, DateTimeOffset since)
    {
        var fact = new HomeFact(gateway, device, what, since);
        lock (_gate)
        {
            if (!IsOpen(gateway, device, what) && CanKeep(fact) && Add(fact))
                _changes.Add(fact);
        }
    }

    /// <summary>Something is so no more; nothing changes when it was not.</summary>
    public void End(string gateway, string device, HomeFactKind what, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_open.Remove((gateway, device, what), out var since))
            {
                _perHome[gateway]--;
                _changes.Add(new HomeFact(gateway, device, what, since, at > since ? at : since));
            }
        }
    }

    /// <summary>Something was so and is over.</summary>
    public void Note(HomeFact fact)
    {
        lock (_gate)
        {
            if (CanKeep(fact))
                _changes.Add(fact);
        }
    }

    public bool IsSo(string gateway, string device, HomeFactKind what)
    {
        lock (_gate)
            return IsOpen(gateway, device, what);
    }

    /// <summary>All that is so.</summary>
    public IReadOnlyList<(string Gateway, string Device, HomeFactKind What)> All()
    {
        lock (_gate)
            return [.. _open.Keys];
    }

    /// <summary>What is so of one sort.</summary>
    public IReadOnlyList<(string Gateway, string Device)> All(HomeFactKind what)
    {
        lock (_gate)
            return [.. _open.Keys.Where(key => key.What == what).Select(key => (key.Gateway, key.Device))];
    }

    /// <summary>Hands over what is to be written, in order.</summary>
    public IReadOnlyList<HomeFact> TakeChanges()
    {
        lock (_gate)
        {
            var taken = _changes;
            _changes = [];
            return taken;
        }
    }

    /// <summary>Takes back what could not be written.</summary>
    public void PutBack(IReadOnlyList<HomeFact> changes)
    {
        lock (_gate)
            _changes.InsertRange(0, changes);
    }

    /// <summary>Forgets homes that are registered no more: their rows are gone.</summary>
    public void ForgetErased()
    {
        lock (_gate)
        {
            foreach (var gateway in _perHome.Keys.Where(gateway => registry.Find(gateway) is null).ToList())
            {
                _perHome.Remove(gateway);
                foreach (var key in _open.Keys.Where(key => key.Gateway == gateway).ToList())
                    _open.Remove(key);
            }

            _changes.RemoveAll(fact => registry.Find(fact.Gateway) is null);
        }
    }

    private bool IsOpen(string gateway, string device, HomeFactKind what) => _open.ContainsKey((gateway, device, what));

    private bool CanKeep(HomeFact fact) => _changes.Count < MostWaiting && registry.Find(fact.Gateway) is not null;

    private bool Add(HomeFact fact)
    {
        var count = _perHome.GetValueOrDefault(fact.Gateway);
        if (count >= HomeFact.MostPerHome || !_open.TryAdd((fact.Gateway, fact.Device, fact.What), fact.Since))
            return false;
        _perHome[fact.Gateway] = count + 1;
        return true;
    }
}
