using System.Text;
using System.Text.Json;
using CivicSignals.Areas;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Areas;

public sealed class AreaStateWriterTests
{
    private readonly AreaStateWriter _writer = new();

    [Fact]
    public void Write_StateThatGrowsChangesAndShrinks_IsTheJsonOfTheWholeStateEachTime()
    {
        var core = new Scene().Core;
        var state = AreaState.Empty;
        Signal[] story =
        [
            Scene.Home("p1", "d1", "fire.smoke", 0),
            Scene.Home("p2", "d1", "gas.co", 1, north: 900),
            Scene.Home("p1", "d2", "fire.heat", 2),
            Scene.Home("p2", "d1", "gas.co", 3, active: false, north: 900),
            Scene.Home("p1", "d1", "fire.smoke", 4, active: false),
        ];

        foreach (var signal in story)
        {
            state = core.Fold("03131113", state, [signal], signal.ReceivedAt).State;
            Assert.Equal(JsonSerializer.Serialize(state, LedgerJson.Lines.AreaState), Encoding.UTF8.GetString(_writer.Write(state)));
        }

        state = core.Tick("03131113", state, Scene.Start.AddDays(2)).State;
        Assert.Empty(state.Open);
        Assert.Equal(JsonSerializer.Serialize(state, LedgerJson.Lines.AreaState), Encoding.UTF8.GetString(_writer.Write(state)));
    }
}
