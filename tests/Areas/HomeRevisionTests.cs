using CivicSignals.Alerts;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

public sealed class HomeRevisionTests
{
    private readonly Scene _scene = new();

    private static DateTimeOffset At(double minutes) => Scene.Start.AddMinutes(minutes);

    [Fact]
    public void Revise_FireConsentWithdrawn_CancelsTheAlertAndSaysNoMore()
    {
        ConfirmedFire("p1");
        _scene.Revise(At(2), HomeChange.Consents, "p1", Consents.Public);

        var last = _scene.Alerts.Last();
        Assert.Equal((Audience.ControlRoom, MsgType.Cancel, Outcome.Withdrawn), (last.Audience, last.MsgType, last.Ended));
        Assert.Equal(["fire"], last.Services);
        Assert.Empty(last.Reasons);

        var before = _scene.Alerts.Count();
        _scene.Hear(At(3), Scene.Home("p1", "c", "fire.heat", 3) with { Consents = Consents.Public });
        _scene.Act(At(4), _scene.State.Open[0].Id, ActionVerb.AllClear);
        Assert.DoesNotContain(_scene.Alerts.Skip(before), alert => alert.Audience == Audience.ControlRoom);
    }

    [Fact]
    public void Revise_ConsentGivenBack_TellsAgainUnderTheSameAlert()
    {
        ConfirmedFire("p1");
        _scene.Revise(At(2), HomeChange.Consents, "p1", Consents.None);
        _scene.Revise(At(3), HomeChange.Consents, "p1", Consents.Fire);

        var versions = _scene.Alerts.Where(alert => alert.Audience == Audience.ControlRoom).ToList();
        Assert.Equal([MsgType.Alert, MsgType.Cancel, MsgType.Update], versions.Select(alert => alert.MsgType));
        Assert.Null(versions[^1].Ended);
        Assert.Single(versions.Select(alert => alert.Id).Distinct());
    }

    [Fact]
    public void Revise_OneOfTwoServicesWithdrawn_AddressesTheOtherOnly()
    {
        _scene.Hear(Scene.Start, Scene.Home("p1", "a", "sos.panic", 0));
        _scene.Act(At(1), _scene.State.Open[0].Id, ActionVerb.Confirm);
        Assert.Equal(["police", "ambulance"], _scene.Alerts.Last().Services);

        _scene.Revise(At(2), HomeChange.Consents, "p1", Consents.Ambulance);

        Assert.Equal((MsgType.Update, null), (_scene.Alerts.Last().MsgType, _scene.Alerts.Last().Ended));
        Assert.Equal(["ambulance"], _scene.Alerts.Last().Services);
    }

    [Fact]
    public void Revise_NeighbourStillConsents_KeepsTellingOnWhatTheNeighbourSays()
    {
        ConfirmedFire("p1");
        _scene.Hear(At(2), Scene.Home("p2", "a", "fire.smoke", 2, north: 15), Scene.Home("p2", "b", "fire.heat", 2, north: 15));
        _scene.Revise(At(3), HomeChange.Consents, "p1", Consents.None);

        Assert.DoesNotContain(_scene.Alerts, alert => alert.Ended is not null);
    }

    [Fact]
    public void Revise_NothingOfTheHome_ChangesNothing()
    {
        ConfirmedFire("p1");
        var before = _scene.Entries.Count;
        _scene.Revise(At(2), HomeChange.Consents, "p", Consents.None);
        Assert.Equal(before, _scene.Entries.Count);
    }

    [Fact]
    public void Revise_Moved_ForgetsWhatWasSaidAndKeepsTheEvidence()
    {
        ConfirmedFire("p1");
        _scene.Revise(At(2), HomeChange.Moved, "p1", Consents.All);
        Assert.Empty(_scene.State.Latches);
        Assert.Equal(2, _scene.State.Open[0].Evidence.Length);
    }

    [Fact]
    public void Revise_Erased_LeavesNoNameAndNoExactPlace()
    {
        ConfirmedFire("p1");
        _scene.Entries.Clear();
        _scene.Revise(At(2), HomeChange.Erased, "p1", Consents.None);

        var state = System.Text.Json.JsonSerializer.Serialize(_scene.State, LedgerJson.Lines.AreaState);
        var entries = string.Concat(_scene.Entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Body.Span)));
        Assert.Equal(["erased", "erased"], _scene.State.Open[0].Evidence.Select(e => e.Source));
        foreach (var name in (string[])["homes/", "\"p1\"", "53.0466", "2.9925"])
        {
            Assert.DoesNotContain(name, state, StringComparison.Ordinal);
            Assert.DoesNotContain(name, entries, StringComparison.Ordinal);
        }
    }

    private void ConfirmedFire(string home)
    {
        _scene.Hear(Scene.Start, Scene.Home(home, "a", "fire.smoke", 0));
        _scene.Hear(At(1), Scene.Home(home, "b", "fire.heat", 1));
        Assert.Contains(_scene.Alerts, alert => alert is { Audience: Audience.ControlRoom, MsgType: MsgType.Alert });
    }
}
