using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>One ledger of one database, for one test.</summary>
public interface ILedgerKeeper
{
    ILedger Ledger { get; }
    ILedgerReader Reader { get; }
    IUserStore Users { get; }
    IGatewayMemory Gateways { get; }
    IRegistryStore Homes { get; }
    IPostStore Posts { get; }
    IQuestionStore Questions { get; }
    INoticeStore Notices { get; }
    IFeedItemStore FeedItems { get; }

    /// <summary>Opens it; a second time, the same one again.</summary>
    ValueTask OpenAsync();

    /// <summary>Closes it in order. Harmless when closed.</summary>
    ValueTask CloseAsync();

    /// <summary>Removes what it left behind.</summary>
    ValueTask DeleteAsync();
}
