using CivicSignals.Homes;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Silence;

public sealed class FactBookTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    private readonly Registry _registry = Registry.Empty;
    private readonly FactBook _book;

    public FactBookTests()
    {
        _registry.Put(new RegisteredHome { Gateway = "gw1", RegisteredAt = T0 });
        _book = new FactBook(_registry);
    }

    [Fact]
    public void Begin_Twice_IsOneFactWithItsFirstTime()
    {
        _book.Begin("gw1", "a", HomeFactKind.Battery, T0);
        _book.Begin("gw1", "a", HomeFactKind.Battery, T0.AddHours(1));
        _book.End("gw1", "a", HomeFactKind.Battery, T0.AddHours(2));
        _book.End("gw1", "a", HomeFactKind.Battery, T0.AddHours(3));
        Assert.Equal([new HomeFact("gw1", "a", HomeFactKind.Battery, T0), new HomeFact("gw1", "a", HomeFactKind.Battery, T0, T0.AddHours(2))], _book.TakeChanges());
        Assert.Empty(_book.TakeChanges());
    }

    [Fact]
    public void PutBack_WhatCouldNotBeWritten_ComesFirstAgain()
    {
        _book.Begin("gw1", "a", HomeFactKind.Battery, T0);
        var changes = _book.TakeChanges();
        _book.Begin("gw1", "b", HomeFactKind.Battery, T0);
        _book.PutBack(changes);
        Assert.Equal(["a", "b"], _book.TakeChanges().Select(fact => fact.Device));
    }

    [Fact]
    public void Begin_InventedDevices_KeepsTheBoundAndStrangersAreNotKept()
    {
        for (var i = 0; i < HomeFact.MostPerHome + 10; i++)
            _book.Begin("gw1", $"{i}", HomeFactKind.Fault, T0);
        _book.Begin("nobody", "a", HomeFactKind.Fault, T0);
        Assert.Equal(HomeFact.MostPerHome, _book.TakeChanges().Count);
    }

    [Fact]
    public void ForgetErased_HomeIsGone_LeavesNothingToWrite()
    {
        _book.Begin("gw1", "a", HomeFactKind.Battery, T0);
        _registry.Remove("gw1");
        _book.ForgetErased();
        Assert.Empty(_book.TakeChanges());
        Assert.Empty(_book.All());
    }
}
