using System.Collections.Concurrent;
using System.Text;
using CivicSignals.Homes;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Browser;

/// <summary>Homes in memory, with a few that tests know by name. Secrets are counted, so that tests can tell them apart.</summary>
internal sealed class HomesFake(TimeProvider time) : IHomes
{
    public const string Maple = "gw-maple-7";
    public const string MapleKey = "key-of-maple-7";
    public const string Oak = "home-oak3x9";
    public const string OakKey = "key-of-oak";
    public const string Unclaimed = "maple-court-02";
    public const string ClaimCode = "claim-code-of-maple-court";

    private readonly ConcurrentDictionary<string, Home> _homes = new(Sample(time.GetUtcNow()).Select(home => KeyValuePair.Create(home.Gateway, home)));
    private readonly ConcurrentDictionary<string, string> _keys = new() { [Maple] = MapleKey, [Oak] = OakKey };
    private int _made;

    /// <summary>Every secret that was ever made or is known: none may be in an address or a log.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new([MapleKey, OakKey, ClaimCode]);

    public string Made(string kind)
    {
        var secret = $"{kind}-secret-{Interlocked.Increment(ref _made)}-x7k2m9";
        Secrets.Enqueue(secret);
        return secret;
    }

    public Task<NewHome> SignUpAsync(HomeDraft draft, CancellationToken cancellation)
    {
        var gateway = $"home-{_homes.Count}kw4mt7x2";
        return Task.FromResult(Welcome(new Home { Gateway = gateway, RegisteredAt = time.GetUtcNow() }, draft));
    }

    public Task<NewHome?> ClaimAsync(string gateway, string claimSecret, HomeDraft draft, CancellationToken cancellation) =>
        Task.FromResult(claimSecret == ClaimCode && _homes.TryGetValue(gateway, out var home) && !home.IsClaimed ? Welcome(home, draft) : null);

    public Task<Home?> SignInAsync(string gateway, string residentKey, CancellationToken cancellation) =>
        Task.FromResult(_keys.TryGetValue(gateway, out var key) && key == residentKey ? Find(gateway) : null);

    public Task<Home?> FindAsync(string gateway, CancellationToken cancellation) => Task.FromResult(Find(gateway));

    public Task<IReadOnlyList<Home>> ListAsync(HomeQuery query, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Home>>(
    [
        .. _homes.Values.Where(home => query.Claimed is not { } claimed || home.IsClaimed == claimed)
            .Where(home => query.Text is not { } text || home.Gateway.Contains(text, StringComparison.OrdinalIgnoreCase) || home.Premises?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)
            .OrderBy(home => home.Gateway, StringComparer.Ordinal).Where(home => query.After is null || string.CompareOrdinal(home.Gateway, query.After) > 0)
            .Take(query.Limit).Select(home => home with { Devices = [] }),
    ]);

    public IReadOnlyList<Stranger> Strangers() => [new("shed-pi", new Hearing(412, time.GetUtcNow().AddMinutes(-3), ["tasmota"]))];

    public Task<Home?> ConsentAsync(string gateway, Consents consents, CancellationToken cancellation) => Change(gateway, home => home with { Consents = consents });

    public Task<Home?> MoveAsync(string gateway, Place place, CancellationToken cancellation) => Change(gateway, home => home with { Place = place });

    public async Task<bool> NameRoomAsync(string gateway, string device, string? room, CancellationToken cancellation)
    {
        var name = string.IsNullOrWhiteSpace(room) ? null : room.Trim();
        return await Change(gateway, home => home with { Devices = [.. home.Devices.Select(known => known.Sighting.Id == device ? known with { Room = name } : known)] }) is not null;
    }

    public async Task<string?> RotateAsync(string gateway, HomeCredential credential, CancellationToken cancellation)
    {
        if (credential == HomeCredential.Mqtt)
            return await Change(gateway, home => home with { RevokedAt = null }) is null ? null : Made("mqtt");
        var key = _keys[gateway] = Made("resident");
        return await Change(gateway, home => home with { ResidentStamp = key[..14] }) is null ? null : key;
    }

    public async Task<bool> RevokeAsync(string gateway, CancellationToken cancellation) =>
        await Change(gateway, home => home with { RevokedAt = time.GetUtcNow() }) is not null;

    public Task<ImportReport> ImportAsync(ReadOnlyMemory<byte> bytes, ImportFormat format, CancellationToken cancellation)
    {
        string[] lines = Encoding.UTF8.GetString(bytes.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (format == ImportFormat.Json || lines is not [['g', 'a', 't', 'e', 'w', 'a', 'y', ..], ..])
            return Task.FromResult(new ImportReport([], "the header line must name each column once, gateway among them"));
        return Task.FromResult(new ImportReport([.. lines.Skip(1).Select((line, i) => Take(i + 2, line.Split(',')))]));
    }

    public Task<ReadOnlyMemory<byte>?> ExportAsync(string gateway, CancellationToken cancellation) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(Find(gateway) is null ? null : Encoding.UTF8.GetBytes($$"""{"gateway":"{{gateway}}"}"""));

    public Task<ErasureReport?> EraseAsync(string gateway, CancellationToken cancellation) =>
        Task.FromResult(_homes.TryRemove(gateway, out _) ? new ErasureReport(4, 1, StandsInFile: false) : null);

    private static IEnumerable<Home> Sample(DateTimeOffset now)
    {
        Place place = new(53.04661, -2.99252, 15);
        var home = new Home { Gateway = Maple, Premises = "premises-maple", Place = place, Consents = HomeDraft.DefaultConsents, RegisteredAt = now.AddDays(-40), ResidentStamp = "first" };
        yield return home with
        {
            Heard = new Hearing(18_204, now.AddMinutes(-2), ["homeassistant", "zigbee2mqtt"]),
            Devices =
            [
                Device("0x00158d0003abcdef", "hall smoke", ["fire.smoke"], "Hall", 97, now),
                Device("0x00158d0003abcd01", "landing smoke", ["fire.smoke"], null, 81, now),
                Device("0x00158d0003abcd02", "kitchen heat", ["fire.heat"], "Kitchen", 92, now),
                Device("0x00158d0003abcd03", "boiler", ["gas.co"], null, null, now),
                Device("0x00158d0003abcd04", "under the sink", ["flood.indoor"], null, 64, now),
                Device("0x00158d0003abcd05", "lamp", [], null, null, now),
            ],
        };
        yield return home with { Gateway = Oak, Premises = "premises-oak", Place = new Place(53.0401, -2.9951, 15) };
        yield return home with { Gateway = "gw-quiet", Premises = "premises-quiet", Heard = new Hearing(0, now.AddDays(-3), []) };
        yield return home with { Gateway = "gw-taken", Premises = "premises-taken", RevokedAt = now.AddHours(-5), Heard = new Hearing(90, now.AddHours(-5), ["tasmota"]) };
        yield return new Home { Gateway = Unclaimed, RegisteredAt = now.AddDays(-2), Heard = new Hearing(1_240, now.AddMinutes(-1), ["zigbee2mqtt"]) };
    }

    private static HomeDevice Device(string id, string name, string[] kinds, string? room, int? battery, DateTimeOffset now) =>
        new(new DeviceSighting(id, name, kinds, "TS0205", "zigbee2mqtt", battery), room, now.AddMinutes(-9));

    private NewHome Welcome(Home home, HomeDraft draft)
    {
        var (secret, key) = (Made("mqtt"), Made("resident"));
        var claimed = home with { Premises = $"premises-of-{home.Gateway}", Place = draft.Place, Kind = draft.Kind, Consents = draft.Consents, ResidentStamp = key[..14] };
        _homes[home.Gateway] = claimed;
        _keys[home.Gateway] = key;
        return new NewHome(claimed, secret, key);
    }

    private ImportLine Take(int number, string[] fields)
    {
        if (_homes.ContainsKey(fields[0]))
            return new ImportLine(number, fields[0], ImportResult.Left);
        if (fields.Length < 2 || fields[1].Length == 0)
            return new ImportLine(number, fields[0], ImportResult.AddedUnclaimed, null, Made("mqtt"), Made("claim"));
        return double.TryParse(fields[1], out _)
            ? new ImportLine(number, fields[0], ImportResult.Added, null, Made("mqtt"), null, Made("resident"))
            : new ImportLine(number, fields[0], ImportResult.Refused, "lat: expected a number");
    }

    private Home? Find(string gateway) => _homes.GetValueOrDefault(gateway);

    private Task<Home?> Change(string gateway, Func<Home, Home> change)
    {
        if (Find(gateway) is not { } home)
            return Task.FromResult<Home?>(null);
        return Task.FromResult<Home?>(_homes[gateway] = change(home));
    }
}
