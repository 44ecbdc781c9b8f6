using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Silo.Storage;

/// <summary>The ledger and what is kept beside it, in one database.</summary>
public interface ILedgerStore : IAsyncDisposable
{
    ILedger Ledger { get; }
    ILedgerReader Reader { get; }
    IUserStore Users { get; }
    IGatewayMemory Gateways { get; }
    IRegistryStore Homes { get; }
    IHomeFactStore Facts { get; }
    IPostStore Posts { get; }
    IQuestionStore Questions { get; }
    IDeliveryStore Deliveries { get; }
    INoticeStore Notices { get; }
    IFeedItemStore FeedItems { get; }
    IFalseCalls FalseCalls { get; }
    IRetention Retention { get; }

    /// <summary>Throws unless the database can be read, and was or can be written just now.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot.</exception>
    Task ProbeAsync(CancellationToken cancellation);
}
