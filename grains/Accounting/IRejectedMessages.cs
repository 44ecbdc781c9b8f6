namespace CivicSignals.Accounting;

/// <summary>The messages that one silo rejected and still holds, because what they were rejected for can be mended. Its key names the silo.</summary>
[Alias("rejected-messages")]
public interface IRejectedMessages : IGrainWithStringKey
{
    /// <summary>Takes one in once more, with its own time of receipt; it is counted as another message.</summary>
    /// <param name="number">Its number at that silo: the second part of <see cref="DeadLetter.Again"/>.</param>
    /// <param name="cancellation">Gives up waiting, not the message.</param>
    /// <returns>What became of it: <c>evidence</c>, <c>repeated</c>, <c>ambient</c> or a reason; null: it is held no more.</returns>
    [Alias("again")]
    Task<string?> SendAgainAsync(long number, CancellationToken cancellation);
}
