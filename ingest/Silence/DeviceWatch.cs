using CivicSignals.Homes;
using CivicSignals.Ingest.Dialects.Homes;
using Home = CivicSignals.Ingest.Dialects.Homes.Home;

namespace CivicSignals.Ingest.Silence;

/// <summary>Finds devices that have been quiet for longer than is theirs. A device costs a note once; the messages cost one field.</summary>
internal sealed class DeviceWatch(Rhythms rhythms, FactBook book)
{
    /// <summary>Sources that something is so of and that have been there since the platform started.</summary>
    private readonly HashSet<string> _present = [];

    public void Look(IEnumerable<Home> homes, DateTimeOffset now)
    {
        var facts = book.All().Where(fact => fact.Device.Length > 0 && fact.What != HomeFactKind.Offline).ToLookup(fact => fact.Gateway);
        foreach (var home in homes)
        {
            lock (home.Gate)
            {
                foreach (var device in home.Devices.Values)
                {
                    if (device.Overheard is null && device.Keys.HasHazard)
                        Look(device, now);
                }

                EndGone(home, facts[home.Premises.Gateway], now);
            }
        }
    }

    private void Look(Device device, DateTimeOffset now)
    {
        var gateway = device.Home.Premises.Gateway;
        var note = device.Quiet ??= Note(device, gateway, now);
        if (note.Rhythm is not { } rhythm)
            return;
        var isQuiet = device.HeardAt is { } heard ? now - heard > rhythm : note.IsQuiet || now - note.Since > rhythm;
        if (isQuiet == note.IsQuiet)
            return;
        note.IsQuiet = isQuiet;
        if (isQuiet)
            book.Begin(gateway, note.Id, HomeFactKind.Silent, device.HeardAt ?? note.Since);
        else
            book.End(gateway, note.Id, HomeFactKind.Silent, device.HeardAt ?? now);
    }

    private QuietNote Note(Device device, string gateway, DateTimeOffset now)
    {
        var id = device.Id;
        return new QuietNote(id, rhythms.Of(device.Dialect.Name, id, device.Keys.HasBattery), now) { IsQuiet = book.IsSo(gateway, id, HomeFactKind.Silent) };
    }

    /// <summary>Of a device that was there and that its home has no more, or by another name, nothing is so.</summary>
    private void EndGone(Home home, IEnumerable<(string Gateway, string Device, HomeFactKind What)> facts, DateTimeOffset now)
    {
        HashSet<string>? sources = null;
        foreach (var (gateway, device, what) in facts)
        {
            sources ??= [.. home.Devices.Values.SelectMany(known => (string[])[known.Source, .. known.KeySources ?? []])];
            var source = home.SourceOf(device) ?? "";
            if (sources.Contains(source))
                _present.Add(source);
            else if (_present.Contains(source))
                book.End(gateway, device, what, now);
        }
    }
}

/// <summary>What is remembered of a device in order to miss it.</summary>
/// <param name="Id">Its identity below its gateway.</param>
/// <param name="Rhythm">How long it stays quiet when all is well; null: not known.</param>
/// <param name="Since">When it was first looked at.</param>
internal sealed record QuietNote(string Id, TimeSpan? Rhythm, DateTimeOffset Since)
{
    /// <summary>Whether it is silent, as far as has been told.</summary>
    public bool IsQuiet { get; set; }
}
