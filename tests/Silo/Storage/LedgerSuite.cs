using System.Text;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every ledger must do, whatever keeps it: a ledger of its own for each test, and drafts to write.</summary>
public abstract class LedgerSuite(ILedgerKeeper keeper) : IAsyncLifetime
{
    protected static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    protected ILedger Ledger => keeper.Ledger;
    protected ILedgerReader Reader => keeper.Reader;
    protected IUserStore Users => keeper.Users;
    protected IGatewayMemory Gateways => keeper.Gateways;
    protected IRegistryStore Homes => keeper.Homes;
    protected IPostStore Posts => keeper.Posts;
    protected IQuestionStore Questions => keeper.Questions;
    protected INoticeStore Notices => keeper.Notices;
    protected IFeedItemStore FeedItems => keeper.FeedItems;

    public ValueTask InitializeAsync() => OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync();
        await keeper.DeleteAsync();
    }

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
