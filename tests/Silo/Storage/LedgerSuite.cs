using System.Text;
using CivicSignals.Learning;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger must do, whatever keeps it: a ledger of its own for each test, and drafts to write.</summary>
public abstract class LedgerSuite(ILedgerKeeper keeper) : IAsyncLifetime
{
    protected static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    protected ILedger Ledger => keeper.Store.Ledger;
    protected ILedgerReader Reader => keeper.Store.Reader;
    protected IUserStore Users => keeper.Store.Users;
    protected IGatewayMemory Gateways => keeper.Store.Gateways;
    protected IRegistryStore Homes => keeper.Store.Homes;
    protected IHomeFactStore Facts => keeper.Store.Facts;
    protected IPostStore Posts => keeper.Store.Posts;
    protected IQuestionStore Questions => keeper.Store.Questions;
    protected IDeliveryStore Deliveries => keeper.Store.Deliveries;
    protected INoticeStore Notices => keeper.Store.Notices;
    protected IFeedItemStore FeedItems => keeper.Store.FeedItems;
    protected IFalseCalls FalseCalls => keeper.Store.FalseCalls;
    protected IRetention Retention => keeper.Store.Retention;

    public ValueTask InitializeAsync() => OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync();
        await keeper.DeleteAsync();
    }

    protected Task<IReadOnlyList<string>> FilesAsync() => keeper.FilesAsync();

    protected Task<long> SizeAsync() => keeper.SizeAsync();

    protected ValueTask OpenAsync() => keeper.OpenAsync();

    protected ValueTask CloseAsync() => keeper.CloseAsync();

    protected static AreaCommit Commit(string area, long expected, string state, params LedgerEntry[] entries) =>
        new(area, expected, Bytes(state), null, [.. entries.Select(entry => entry with { Area = area })]);

    protected static LedgerEntry Incident(string id, bool open = true, string? body = null, DateTimeOffset? at = null) =>
        new(0, EntryType.Incident, at ?? T0, "", id, Bytes(body ?? id), Open: open);

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static LedgerEntry Evidence(string incident, string body) => new(0, EntryType.Evidence, T0, "", incident, Bytes(body));

    protected static LedgerEntry Alert(
        string incident,
        string id,
        int version,
        bool isPublic,
        string? neighbourhood = "old-town",
        bool ended = false,
        DateTimeOffset? at = null,
        string body = "{}") =>
        new(0, EntryType.Alert, at ?? T0, "", incident, Bytes(body), new AlertKey(id, version, isPublic, neighbourhood, ended));

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
