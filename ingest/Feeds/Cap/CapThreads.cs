using CivicSignals.Notices;

namespace CivicSignals.Ingest.Feeds.Cap;

/// <summary>
/// The threads of one feed: an Alert with the Updates and the Cancel that refer to it. Whichever message of a thread was sent last holds, so
/// the order and the number of times that they come in do not matter. Only the sender of an alert can change it.
/// </summary>
/// <param name="feed">Name of the feed.</param>
/// <param name="kept">The threads so far, ended ones included.</param>
internal sealed class CapThreads(string feed, IEnumerable<Notice> kept)
{
    private readonly Dictionary<string, Notice> _kept = kept.ToDictionary(notice => notice.Id);
    private readonly Dictionary<string, Notice> _notices = kept.ToDictionary(notice => notice.Id);
    private readonly Dictionary<(string Sender, string Identifier), string> _ids = kept.ToDictionary(notice => (notice.Sender, notice.Identifier), notice => notice.Id);
    private readonly Dictionary<string, CapMessage> _holds = [];

    /// <summary>All threads as they are now.</summary>
    public IReadOnlyDictionary<string, Notice> Notices => _notices;

    /// <summary>Threads that are not as they were kept.</summary>
    public IReadOnlyList<Notice> Changed =>
        [.. _notices.Values.Where(notice => !_kept.TryGetValue(notice.Id, out var was) || was.Sent != notice.Sent || was.Identifier != notice.Identifier || was.EndedAt != notice.EndedAt)];

    /// <summary>Takes a message. To be called in the order of sending.</summary>
    public void Take(CapMessage message, CapEntry entry)
    {
        var id = IdOf(message);
        var known = _notices.GetValueOrDefault(id);
        if (known?.Sent > message.Sent)
            return;
        if (message.MsgType == "Cancel")
        {
            if (known is null)
                return; // It cancels what nobody here has seen.
            _notices[id] = known with { Identifier = message.Identifier, Sent = message.Sent, EndedAt = known.EndedAt ?? message.Sent };
        }
        else if (message.Info is { } info)
        {
            var over = info.Urgency == "Past" || info.ResponseTypes.Contains("AllClear");
            _notices[id] = CapNotice.Of(id, feed, message, info, entry) with { EndedAt = over ? message.Sent : null };
        }
        else
        {
            return;
        }

        _ids[(message.Sender, message.Identifier)] = id;
        _holds[id] = message;
    }

    /// <summary>The notice that a message makes, or null: another of its thread holds, or it ended it.</summary>
    public Notice? Holding(CapMessage message) =>
        _ids.TryGetValue((message.Sender, message.Identifier), out var id) && _holds.GetValueOrDefault(id) == message && _notices[id] is { EndedAt: null } notice ? notice : null;

    /// <summary>Ends the threads that no message was taken for: they have left the feed.</summary>
    public void EndOthers(DateTimeOffset now)
    {
        foreach (var notice in _notices.Values.Where(notice => notice.EndedAt is null && !_holds.ContainsKey(notice.Id)).ToList())
            _notices[notice.Id] = notice with { EndedAt = now };
    }

    private string IdOf(CapMessage message)
    {
        if (_ids.TryGetValue((message.Sender, message.Identifier), out var id))
            return id;
        var own = message.References.Where(reference => reference.Sender == message.Sender).ToList();
        foreach (var reference in own)
        {
            if (_ids.TryGetValue((reference.Sender, reference.Identifier), out id) || _notices.ContainsKey(id = FeedIdentity.Of(reference.Sender, reference.Identifier)))
                return id;
        }

        return FeedIdentity.Of(message.Sender, own.Count > 0 ? own[0].Identifier : message.Identifier);
    }
}
