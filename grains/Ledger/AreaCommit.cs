using CivicSignals.Learning;

namespace CivicSignals.Ledger;

/// <summary>Everything that one batch changed in one area: committed as a whole or not at all.</summary>
/// <param name="Area">Quadkey.</param>
/// <param name="ExpectedVersion">The version that the area was loaded at; 0 for an area that is not in the ledger yet.</param>
/// <param name="State">The area's new state, as the grain serialises it.</param>
/// <param name="Due">When the area next has something to close, or null.</param>
/// <param name="Entries">What to append, in order. May be empty.</param>
public sealed record AreaCommit(
    string Area,
    long ExpectedVersion,
    ReadOnlyMemory<byte> State,
    DateTimeOffset? Due,
    IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>Premises that stand otherwise with a service than before; without calls: not at all any more.</summary>
    public IReadOnlyCollection<FalseCallStanding> FalseCalls { get; init; } = [];
}

/// <summary>What became of an <see cref="AreaCommit"/>.</summary>
/// <param name="Committed">False: another activation has written the area since; nothing of this commit is on disk. Reload.</param>
/// <param name="Version">The area's version now (the expected one plus one), when committed.</param>
/// <param name="LastSeq">Sequence number of the last entry appended; 0 when there was none.</param>
public readonly record struct CommitResult(bool Committed, long Version, long LastSeq);

/// <summary>An area as the ledger has it.</summary>
/// <param name="Version">Its version, from 1.</param>
/// <param name="State">What the last commit stored.</param>
public sealed record AreaSnapshot(long Version, ReadOnlyMemory<byte> State);
