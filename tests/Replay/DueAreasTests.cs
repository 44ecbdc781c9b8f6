using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Replay;

public sealed class DueAreasTests
{
    private readonly DueAreas _due = new();

    [Fact]
    public void TryFirst_SeveralDue_GivesTheEarliestAndAtOneTimeTheFirstByQuadkey()
    {
        _due.Set("b", Recording.Start);
        _due.Set("a", Recording.Start);
        _due.Set("c", Recording.Start.AddMinutes(-1));

        Assert.Equal(["c", "a", "b"], Drain(Recording.Start));
    }

    [Fact]
    public void TryFirst_SetAnew_HoldsTheNewTimeOnly()
    {
        _due.Set("a", Recording.Start);
        _due.Set("a", Recording.Start.AddMinutes(1));
        _due.Set("b", Recording.Start);
        _due.Set("b", null);

        Assert.Empty(Drain(Recording.Start));
        Assert.Equal(["a"], Drain(Recording.Start.AddMinutes(1)));
    }

    private List<string> Drain(DateTimeOffset until)
    {
        var areas = new List<string>();
        while (_due.TryFirst(until, out var first))
        {
            areas.Add(first.Area);
            _due.Set(first.Area, null);
        }

        return areas;
    }
}
