namespace CivicSignals.Faults.Load;

/// <summary>One observation of a restless home that the broker has acknowledged.</summary>
/// <param name="Source">As the ledger names it.</param>
/// <param name="Event">Its number.</param>
/// <param name="Ended">Whether it says that the alarm is over.</param>
/// <param name="Begun">When its publication began.</param>
/// <param name="Acknowledged">When the broker's PUBACK came.</param>
internal sealed record Sent(string Source, string Event, bool Ended, DateTimeOffset Begun, DateTimeOffset Acknowledged)
{
    public (string Source, string Event, bool Ended) Key => (Source, Event, Ended);
}
