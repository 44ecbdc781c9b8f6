using System.Text.Json;
using CivicSignals.Incidents;
using CivicSignals.Ledger;

namespace CivicSignals.Tests.Ledger;

public sealed class LedgerJsonTests
{
    [Fact]
    public void Lines_AnyRecord_IsWrittenInCamelCaseWithUtcMillisecondsAndPlainText()
    {
        var line = new ActionLine(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.FromHours(1)), "action", "i1", "confirm", "ann", "Müller's <house>");
        Assert.Equal(
            """{"at":"2026-01-10T08:00:00.000Z","type":"action","incident":"i1","action":"confirm","user":"ann","note":"Müller's <house>"}""",
            JsonSerializer.Serialize(line, LedgerJson.Lines.ActionLine));
    }
}
