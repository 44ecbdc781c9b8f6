using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Ingest;

/// <summary>Messages of one device that two silos took from a broker, and that reach the area in the wrong order.</summary>
public sealed class OvertakenTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Fold_EndAndAlarmInOneBatchInTheWrongOrder_IsAnAlarmThatEnded()
    {
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(1, active: false), Smoke(0));
        Assert.Empty(_scene.State.Latches);
        Assert.NotNull(Assert.Single(Assert.Single(_scene.State.Open).Evidence).ClearedAt);
    }

    [Fact]
    public void Fold_OlderRepeatAfterANewerAlarm_ChangesNothing()
    {
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(1));
        Assert.Equal([SignalOutcome.Repeated], _scene.Hear(Scene.Start.AddMinutes(1), Smoke(0)));
        Assert.Equal(Scene.Start.AddMinutes(1), Assert.Single(_scene.State.Latches).HeardAt);
    }

    [Fact]
    public void Fold_OlderEndAfterANewerAlarm_DoesNotEndIt()
    {
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(1));
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(0, active: false));
        Assert.Null(Assert.Single(Assert.Single(_scene.State.Open).Evidence).ClearedAt);
        Assert.Single(_scene.State.Latches);
    }

    /// <summary>The safe side: nobody knows that it is over until its source says so again.</summary>
    [Fact]
    public void Fold_OlderAlarmAfterItsEnd_SoundsUntilItsSourceSaysAgainThatItIsOver()
    {
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(1, active: false));
        _scene.Hear(Scene.Start.AddMinutes(1), Smoke(0));
        Assert.Null(Assert.Single(Assert.Single(_scene.State.Open).Evidence).ClearedAt);
        _scene.Hear(Scene.Start.AddMinutes(2), Smoke(2, active: false));
        Assert.NotNull(Assert.Single(Assert.Single(_scene.State.Open).Evidence).ClearedAt);
    }

    private static Signal Smoke(double minutes, bool active = true) => Scene.Home("p1", "a", "fire.smoke", minutes, active);
}
