using CivicSignals.Homes;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What every store of homes must do.</summary>
public abstract class RegistrySuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private static readonly DeviceSighting Alarm = new("0x01", "hall", ["fire.smoke", "fire.heat"], "HS1SA", "zigbee2mqtt", 97);

    [Fact]
    public async Task SaveAsync_AfterReopening_IsAsWritten()
    {
        var home = Home("gw1") with { Secret = "s", ResidentKey = "r", RevokedAt = T0, Consents = Consents.Fire | Consents.Prevention };
        var unclaimed = new RegisteredHome { Gateway = "gw2", ClaimSecret = "c", RegisteredAt = T0 };
        await Homes.SaveAsync([home, unclaimed], T0, "hash");
        await CloseAsync();
        await OpenAsync();

        Assert.Equal([home, unclaimed], (await Homes.HomesAsync(default)).OrderBy(saved => saved.Gateway));
        Assert.Equal("hash", await Homes.ImportedFileAsync(default));
    }

    [Fact]
    public async Task SaveAsync_PremisesTakenByAnother_SavesNone()
    {
        await Homes.SaveAsync([Home("gw1")], T0);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Homes.SaveAsync([Home("gw2"), Home("gw3") with { Premises = "p-gw1" }], T0));
        Assert.Equal(["gw1"], (await Homes.HomesAsync(default)).Select(home => home.Gateway));
    }

    [Fact]
    public async Task SaveAsync_ConsentsChangedWithoutEnd_KeepsTheNewest()
    {
        for (var i = 0; i <= HomeRecords.MostConsents; i++)
            await Homes.SaveAsync([Home("gw1") with { Consents = i % 2 == 0 ? Consents.None : Consents.Fire }], T0.AddMinutes(i));

        var kept = (await Homes.RecordsAsync(Revision("gw1"), default)).Consents;

        Assert.Equal((HomeRecords.MostConsents, T0.AddMinutes(1), T0.AddMinutes(HomeRecords.MostConsents)), (kept.Count, kept[0].At, kept[^1].At));
    }

    [Fact]
    public async Task SaveAsync_ConsentsChanged_KeepsTheirHistory()
    {
        await Homes.SaveAsync([Home("gw1")], T0);
        await Homes.SaveAsync([Home("gw1") with { Secret = "other" }], T0.AddMinutes(1));
        await Homes.SaveAsync([Home("gw1") with { Consents = Consents.None }], T0.AddMinutes(2));

        var records = await Homes.RecordsAsync(Revision("gw1"), default);
        Assert.Equal([(Consents.Fire, T0), (Consents.None, T0.AddMinutes(2))], records.Consents);
    }

    [Fact]
    public async Task SightAsync_Again_TakesWhatIsNewAndKeepsTheRoom()
    {
        await Homes.SaveAsync([Home("gw1")], T0);
        await Homes.SightAsync([("gw1", Alarm), ("nobody", Alarm)], [("gw1", T0.AddMinutes(1))], T0);
        Assert.True(await Homes.NameRoomAsync("gw1", "0x01", "Hall"));
        Assert.False(await Homes.NameRoomAsync("gw1", "0x02", "Hall"));

        await Homes.SightAsync([("gw1", Alarm with { Name = "landing", Battery = null })], [], T0.AddMinutes(5));

        var device = Assert.Single(await Homes.DevicesAsync("gw1", default));
        Assert.Equal(("landing", 97, "Hall", T0.AddMinutes(5)), (device.Sighting.Name, device.Sighting.Battery, device.Room, device.SeenAt));
        Assert.Equal(Alarm.Kinds, device.Sighting.Kinds);
        Assert.Equal(T0.AddMinutes(1), Assert.Single(await Homes.HomesAsync(default)).HeardAt);
        Assert.Empty(await Homes.DevicesAsync("nobody", default));
    }

    [Fact]
    public async Task SightAsync_MoreDevicesThanOneHomeHas_KeepsTheBound()
    {
        await Homes.SaveAsync([Home("gw1")], T0);
        await Homes.SightAsync([.. Enumerable.Range(0, HomeDevice.MostPerHome + 20).Select(i => ("gw1", Alarm with { Id = $"{i}" }))], [], T0);
        await Homes.SightAsync([("gw1", Alarm with { Id = "3", Name = "known" })], [], T0);

        var devices = await Homes.DevicesAsync("gw1", default);
        Assert.Equal(HomeDevice.MostPerHome, devices.Count);
        Assert.Contains(devices, device => device.Sighting.Name == "known");
    }

    [Fact]
    public async Task RecordsAsync_OfOneHome_HoldNothingOfAnother()
    {
        await Gateways.RememberAsync("homes/gw1/z2m/bridge/devices", Bytes("[1]"), default);
        await Gateways.RememberAsync("homes/gw10/z2m/bridge/devices", Bytes("[10]"), default);
        await Ledger.CommitAsync(Commit(
            "0313", 0, "{}", Evidence("i1", EvidenceOf("homes/gw1/a", "p-gw1")), Evidence("i1", EvidenceOf("homes/gw10/a", "p-gw10")), Evidence("i2", EvidenceOf("signals/gw1", null))));

        var records = await Homes.RecordsAsync(Revision("gw1"), default);

        Assert.Equal(["homes/gw1/z2m/bridge/devices"], records.Descriptions.Select(description => description.Topic));
        Assert.Equal(["i1", "i2"], records.Evidence.Select(entry => entry.Incident));
    }

    [Fact]
    public async Task AreasNamingAsync_FindsThoseAndNoOthers()
    {
        await Ledger.CommitAsync(Commit("0313", 0, """{"latches":[{"source":"homes/gw1/a"}]}"""));
        await Ledger.CommitAsync(Commit("0312", 0, """{"latches":[{"source":"homes/gw10/a"}]}"""));
        Assert.Equal(["0313"], await Homes.AreasNamingAsync(Revision("gw1"), default));
    }

    private static string EvidenceOf(string source, string? premises) => $$"""
        {"source":"{{source}}","kind":"fire.smoke","at":"2026-01-10T08:00:00.000Z","place":{"lat":53,"lon":-3,"uncertaintyM":15},"consents":"Fire"{{(premises is null ? "" : $",\"premises\":\"{premises}\"")}}}
        """;

    private static HomeRevision Revision(string gateway) => new(HomeChange.Erased, gateway, $"p-{gateway}", Consents.None);

    private static RegisteredHome Home(string gateway) => new()
    {
        Gateway = gateway,
        Premises = $"p-{gateway}",
        Place = new Place(53.0466, -2.9925, 15),
        Consents = Consents.Fire,
        RegisteredAt = T0,
    };
}
