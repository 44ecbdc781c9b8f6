using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Registration;

/// <summary>Homes as people change them: written down first, then swapped into the registry, then told to areas and connections.</summary>
internal sealed class HomeRegistry(
    Registry registry, RegistryLoader file, Strangers strangers, IRegistryStore store, HomeAreas areas, TimeProvider time) : IHomes, IDisposable
{
    private static readonly SecretHash Nobodys = SecretHash.Of("a key that nobody has");

    private readonly SemaphoreSlim _changing = new(1);

    public async Task<NewHome> SignUpAsync(HomeDraft draft, CancellationToken cancellation)
    {
        Check(draft);
        var (secret, key) = (SecretHash.Generate(), SecretHash.Generate());
        var home = Claimed(new RegisteredHome { Gateway = RandomNames.Gateway(), RegisteredAt = time.GetUtcNow() }, draft, key) with { Secret = Hash(secret) };
        using (await EnterAsync(cancellation))
            await SaveAsync(home);
        return new NewHome(View(home.Gateway)!, secret, key);
    }

    public async Task<NewHome?> ClaimAsync(string gateway, string claimSecret, HomeDraft draft, CancellationToken cancellation)
    {
        Check(draft);
        var key = SecretHash.Generate();
        string? secret = null;
        var claimed = await ChangeAsync(
            gateway,
            home =>
            {
                if (!Matches(home.ClaimSecret, claimSecret) || home.Premises is not null)
                    return null;
                secret = home.Secret is null ? SecretHash.Generate() : null;
                return Claimed(home, draft, key) with { Secret = secret is null ? home.Secret : Hash(secret), ClaimSecret = null };
            },
            cancellation);
        if (claimed is null)
            return null;
        registry.End(gateway); // It begins anew, and says again which devices it has.
        return new NewHome(View(gateway)!, secret, key);
    }

    public async Task<Home?> SignInAsync(string gateway, string residentKey, CancellationToken cancellation) =>
        Matches(registry.Find(gateway)?.Home.ResidentKey, residentKey) ? await FindAsync(gateway, cancellation) : null;

    public async Task<Home?> FindAsync(string gateway, CancellationToken cancellation) =>
        View(gateway) is { } home ? home with { Devices = await store.DevicesAsync(gateway, cancellation) } : null;

    public Task<IReadOnlyList<Home>> ListAsync(HomeQuery query, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Home>>(
    [
        .. registry.Gateways
            .Where(gateway => (query.Claimed is null || gateway.Premises is not null == query.Claimed)
                && (query.After is null || string.CompareOrdinal(gateway.Home.Gateway, query.After) > 0)
                && (query.Text is null || Contains(gateway.Home.Gateway, query.Text) || Contains(gateway.Home.Premises, query.Text)))
            .OrderBy(gateway => gateway.Home.Gateway, StringComparer.Ordinal)
            .Take(query.Limit)
            .Select(View),
    ]);

    public IReadOnlyList<Stranger> Strangers() => strangers.Read();

    public Task<Home?> ConsentAsync(string gateway, Consents consents, CancellationToken cancellation) =>
        ReviseAsync(gateway, HomeChange.Consents, home => home with { Consents = consents }, cancellation);

    public Task<Home?> MoveAsync(string gateway, Place place, CancellationToken cancellation) => place.IsValid
        ? ReviseAsync(gateway, HomeChange.Moved, home => home with { Place = place }, cancellation)
        : throw new ArgumentException("not a place on the map", nameof(place));

    public async Task<bool> NameRoomAsync(string gateway, string device, string? room, CancellationToken cancellation)
    {
        if (room?.Length > HomeDevice.LongestRoom)
            throw new ArgumentException($"a room has at most {HomeDevice.LongestRoom} characters", nameof(room));
        return await store.NameRoomAsync(gateway, device, string.IsNullOrWhiteSpace(room) ? null : room.Trim());
    }

    public async Task<string?> RotateAsync(string gateway, HomeCredential credential, CancellationToken cancellation)
    {
        var secret = SecretHash.Generate();
        var isMqtt = credential == HomeCredential.Mqtt;
        var home = await ChangeAsync(
            gateway,
            home => isMqtt ? home with { Secret = Hash(secret), RevokedAt = null } : home.Premises is null ? null : home with { ResidentKey = Hash(secret) },
            cancellation);
        if (home is not null && isMqtt)
            registry.End(gateway);
        return home is null ? null : secret;
    }

    public async Task<bool> RevokeAsync(string gateway, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var home = await ChangeAsync(gateway, home => home with { Secret = null, RevokedAt = home.RevokedAt ?? now }, cancellation);
        registry.End(gateway);
        return home is not null;
    }

    public async Task<ImportReport> ImportAsync(ReadOnlyMemory<byte> bytes, ImportFormat format, CancellationToken cancellation)
    {
        try
        {
            var lines = HomeImport.Read(bytes, format);
            using (await EnterAsync(cancellation))
            {
                var intake = new HomeIntake(registry, time.GetUtcNow());
                ImportReport report = new([.. lines.Select(intake.Take)]);
                await SaveAsync([.. intake.Homes]);
                return report;
            }
        }
        catch (FormatException e)
        {
            return new ImportReport([], e.Message);
        }
    }

    public async Task<ReadOnlyMemory<byte>?> ExportAsync(string gateway, CancellationToken cancellation)
    {
        if (await FindAsync(gateway, cancellation) is not { } view || registry.Find(gateway) is not { Home: var home })
            return null;
        var records = await store.RecordsAsync(Revision(home, HomeChange.Consents), cancellation);
        var export = new HomeExport(
            view,
            [.. records.Consents.Select(change => new ConsentChange(change.At, change.Consents))],
            [.. records.Descriptions.Select(description => new GatewayDescription(description.Topic, Encoding.UTF8.GetString(description.Payload.Span)))],
            [.. records.Evidence.Select(entry => new HeldEvidence(entry.Seq, entry.At, entry.Incident, JsonElement.Parse(entry.Body.Span)))],
            records.Facts,
            records.Learnt);
        return JsonSerializer.SerializeToUtf8Bytes(export, HomeJson.Lines.HomeExport);
    }

    public async Task<ErasureReport?> EraseAsync(string gateway, CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation);
        if (registry.Find(gateway) is not { Home: var home })
            return null;
        registry.Remove(gateway);
        registry.End(gateway);
        try
        {
            var revision = Revision(home, HomeChange.Erased);
            await areas.TellAsync(revision, home.Place);
            if (await areas.DrainAsync())
                await areas.TellAsync(revision, home.Place);
            var (entries, incidents) = await store.EraseAsync(revision, CancellationToken.None);
            return new ErasureReport(entries, incidents, file.Names(gateway));
        }
        catch
        {
            registry.Put(home); // Still there: it can be erased again.
            throw;
        }
    }

    public void Dispose() => _changing.Dispose();

    private static RegisteredHome Claimed(RegisteredHome home, HomeDraft draft, string key) => home with
    {
        Premises = RandomNames.Premises(),
        Place = draft.Place,
        Kind = draft.Kind,
        Consents = draft.Consents,
        ResidentKey = Hash(key),
    };

    private static HomeRevision Revision(RegisteredHome home, HomeChange change) => new(change, home.Gateway, home.Premises ?? home.Gateway, home.Consents);

    private static bool Matches(string? hash, string secret) => (hash is null ? Nobodys : SecretHash.Parse(hash)).Matches(Encoding.UTF8.GetBytes(secret)) && hash is not null;

    private static bool Contains(string? name, string text) => name?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string Hash(string secret) => SecretHash.Of(secret).ToString();

    private static void Check(HomeDraft draft)
    {
        if (draft.Problem is { } problem)
            throw new ArgumentException(problem, nameof(draft));
    }

    private static Home View(RegisteredGateway gateway) => new()
    {
        Gateway = gateway.Home.Gateway,
        Premises = gateway.Home.Premises,
        Place = gateway.Home.Place,
        Kind = gateway.Home.Kind,
        Consents = gateway.Home.Consents,
        RegisteredAt = gateway.Home.RegisteredAt,
        RevokedAt = gateway.Home.RevokedAt,
        Heard = gateway.Heard.Read(),
        ResidentStamp = gateway.Home.ResidentKey is { } key ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8)) : "",
    };

    private Home? View(string gateway) => registry.Find(gateway) is { } found ? View(found) : null;

    /// <summary>Changes a claimed home and tells its areas; again when what was in flight by the old rule has arrived.</summary>
    private async Task<Home?> ReviseAsync(string gateway, HomeChange change, Func<RegisteredHome, RegisteredHome> edit, CancellationToken cancellation)
    {
        Place? place;
        using (await EnterAsync(cancellation))
        {
            if (registry.Find(gateway) is not { Home: { Premises: not null } before })
                return null;
            (place, var after) = (before.Place, edit(before));
            await SaveAsync(after);
            await areas.TellAsync(Revision(after, change), place);
        }

        if (await areas.DrainAsync())
        {
            using var entered = await EnterAsync(CancellationToken.None);
            if (registry.Find(gateway) is { Home: var now })
                await areas.TellAsync(Revision(now, change), place);
        }

        return await FindAsync(gateway, cancellation);
    }

    /// <summary>Changes one home, alone; null when there is none, or the change is refused.</summary>
    private async Task<RegisteredHome?> ChangeAsync(string gateway, Func<RegisteredHome, RegisteredHome?> change, CancellationToken cancellation)
    {
        using var entered = await EnterAsync(cancellation);
        if (registry.Find(gateway) is not { Home: var before } || change(before) is not { } after)
            return null;
        if (after != before)
            await SaveAsync(after);
        return after;
    }

    private async Task SaveAsync(params IReadOnlyList<RegisteredHome> homes)
    {
        if (homes.Count == 0)
            return;
        await store.SaveAsync(homes, time.GetUtcNow());
        registry.Put(homes);
        foreach (var home in homes)
            strangers.Forget(home.Gateway);
    }

    private async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        return new Turn(_changing);
    }

    private sealed class Turn(SemaphoreSlim changing) : IDisposable
    {
        public void Dispose() => changing.Release();
    }
}
