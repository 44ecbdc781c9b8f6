using System.Globalization;
using System.Text.RegularExpressions;

namespace CivicSignals.Tests.Integration;

/// <summary>What a Mosquitto tells of its messages: which it has sent to the platform, and which of them the platform has acknowledged.</summary>
internal sealed partial class BrokerLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _sent = [];
    private readonly Dictionary<(string Client, int Id), string> _underWay = [];
    private int _reloads;

    /// <summary>How often it has read its files anew.</summary>
    public int Reloads => Volatile.Read(ref _reloads);

    /// <summary>How many messages of a topic it has sent on.</summary>
    public long Sent(string topic)
    {
        lock (_gate)
            return _sent.GetValueOrDefault(topic);
    }

    /// <summary>Whether it has sent on more than so many messages of a topic, and all of them are acknowledged.</summary>
    public bool IsTaken(string topic, long after)
    {
        lock (_gate)
            return _sent.GetValueOrDefault(topic) > after && !_underWay.ContainsValue(topic);
    }

    /// <summary>It starts anew, and numbers what it kept anew.</summary>
    public void StartOver()
    {
        lock (_gate)
            _underWay.Clear();
    }

    public void Hear(string? line)
    {
        if (line is null)
            return;
        if (line.EndsWith("Reloading config.", StringComparison.Ordinal))
            Interlocked.Increment(ref _reloads);
        else if (Sending().Match(line) is { Success: true } sending)
            Send(sending);
        else if (Acknowledged().Match(line) is { Success: true } acknowledged)
            Settle(acknowledged);
    }

    private void Send(Match match)
    {
        var topic = match.Groups["topic"].Value;
        lock (_gate)
        {
            _underWay[Key(match)] = topic;
            if (match.Groups["again"].Value == "0")
                _sent[topic] = _sent.GetValueOrDefault(topic) + 1;
        }
    }

    private void Settle(Match match)
    {
        lock (_gate)
            _underWay.Remove(Key(match));
    }

    private static (string, int) Key(Match match) => (match.Groups["client"].Value, int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture));

    // QoS 1 only: nobody acknowledges what is sent at QoS 0.
    [GeneratedRegex(@"Sending PUBLISH to (?<client>\S+) \(d(?<again>\d), q1, r\d, m(?<id>\d+), '(?<topic>.*)', \.\.\. ")]
    private static partial Regex Sending();

    [GeneratedRegex(@"Received PUBACK from (?<client>\S+) \(Mid: (?<id>\d+),")]
    private static partial Regex Acknowledged();
}
