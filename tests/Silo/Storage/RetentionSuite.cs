using System.Text;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>What is removed when its time is over, and what is not; looked for in the bytes of the files.</summary>
public abstract class RetentionSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private static readonly RetentionPolicy Policy = new(
        TimeSpan.FromDays(10), Enum.GetValues<Hazard>().ToDictionary(hazard => hazard, hazard => TimeSpan.FromDays(hazard == Hazard.RoadHazard ? 20 : 40)));

    [Fact]
    public async Task StepAsync_DetailIsOver_LeavesWhatStatisticsNeedAndNoName()
    {
        var town = new RetentionTown(Ledger, 1);
        for (var i = 0; i < 150; i++)
            await town.PassAsync($"a{i % 7}", Hazard.Fire, T0.AddMinutes(i));
        Assert.NotEmpty(await FoundAsync());
        var before = await LinesAsync();
        var head = await Reader.HeadAsync(default);

        var done = await RetainAsync(T0.AddDays(11));

        Assert.Equal((150, 0), (done.Reduced, done.Removed));
        Assert.Empty(await FoundAsync());
        var after = await LinesAsync();
        Assert.Equal(150, after.Count);
        Assert.All(after, line => Assert.Equal(Counted(before[line.Key]), Counted(line.Value)));
        Assert.Equal(head, await Reader.HeadAsync(default));
        Assert.Equal([EntryType.Alert, EntryType.Alert, EntryType.Action, EntryType.Action, EntryType.Incident, EntryType.Alert, EntryType.Alert],
            (await Reader.IncidentAsync(town.Closed.First().Key, default)).Select(entry => entry.Type));
        Assert.Equal(150, (await Reader.PublicAlertsAsync(new(Limit: 1000), default)).Count);
        Assert.Equal(default, await RetainAsync(T0.AddDays(11)) with { IsDone = false });
    }

    [Fact]
    public async Task StepAsync_TimeOfItsHazardIsOver_RemovesTheIncidentAndNoOther()
    {
        var town = new RetentionTown(Ledger, 2);
        var debris = await town.PassAsync("a", Hazard.RoadHazard, T0);
        var fire = await town.PassAsync("a", Hazard.Fire, T0);
        var going = await town.OpenAsync("a", Hazard.RoadHazard, T0);
        var young = await town.PassAsync("b", Hazard.RoadHazard, T0.AddDays(2));
        var head = await Reader.HeadAsync(default);

        Assert.Equal(1, (await RetainAsync(T0.AddDays(21))).Removed);

        Assert.Empty(await Reader.IncidentAsync(debris, default));
        Assert.Empty(await Reader.AlertAsync($"{debris}-p", default));
        Assert.Equal([going, young, fire], (await Reader.IncidentsAsync(new(), default)).Select(entry => entry.Incident).OrderBy(id => id == fire).ThenBy(id => id == young));
        Assert.DoesNotContain(await Reader.PublicAlertsAsync(new(), default), entry => entry.Incident == debris);
        var kept = await Reader.ReadAsync(0, TailScope.Everything, 1000, default);
        Assert.DoesNotContain(kept, entry => entry.Incident == debris);
        Assert.Equal(kept.Skip(3).Select(entry => entry.Seq), (await Reader.ReadAsync(kept[2].Seq, TailScope.Everything, 1000, default)).Select(entry => entry.Seq));
        await town.CloseAsync("a", going, Hazard.RoadHazard, T0.AddDays(21));
        var chain = await Reader.IncidentAsync(going, default);
        Assert.Equal(chain.Select(entry => entry.Seq).Order(), chain.Select(entry => entry.Seq));
        Assert.Contains(chain, entry => entry.Type == EntryType.Evidence);
        Assert.Equal(head + 6, await Reader.HeadAsync(default));
    }

    [Fact]
    public async Task StepAsync_MoreThanIsFoundAtOnce_RemovesNothingBeforeItsTime()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var town = new RetentionTown(Ledger, i);
            for (var n = 0; n < 45; n++)
                await town.PassAsync($"a{i}", Hazard.Fire, T0);
        }));

        var done = await RetainAsync(T0.AddDays(11));

        Assert.Equal((2700, 0), (done.Reduced, done.Removed));
    }

    [Fact]
    public async Task StepAsync_ActionLongAfterTheEnd_IsReducedTooAndOpensNothing()
    {
        var town = new RetentionTown(Ledger, 3);
        var fire = await town.PassAsync("a", Hazard.Fire, T0);
        await RetainAsync(T0.AddDays(12));
        await town.CommitAsync("a", [RetentionTown.Action(fire, T0.AddDays(12), "warned")]);
        await RetainAsync(T0.AddDays(23));
        Assert.Empty(await FoundAsync());
        Assert.Equal(3, (await Reader.IncidentAsync(fire, default)).Count(entry => entry.Type == EntryType.Action));

        await RetainAsync(T0.AddDays(60)); // The incident goes, and a step of the false-call policy still names it.
        await town.CommitAsync("a", [RetentionTown.Action(fire, T0.AddDays(60), "restored")]);
        Assert.Empty(await Reader.IncidentsAsync(new(Open: true), default));
        await RetainAsync(T0.AddDays(71));
        Assert.Empty(await Reader.ReadAsync(0, TailScope.Everything, 10, default));
    }

    /// <summary>Rows are moved about where some are deleted: no copy of what must go later may stay behind.</summary>
    [Fact]
    public async Task StepAsync_EveryDayAmongWhatIsKept_LeavesNoCopyOfAnything()
    {
        var town = new RetentionTown(Ledger, 4);
        var random = new Random(4);
        var hazards = Enum.GetValues<Hazard>();
        var open = new List<(int Until, string Area, string Id, Hazard Hazard)>();
        for (var hour = 0; hour < 30 * 24; hour++)
        {
            var (area, hazard) = ($"a{random.Next(20)}", hazards[random.Next(hazards.Length)]);
            open.Add((hour + random.Next(15 * 24), area, await town.OpenAsync(area, hazard, T0.AddHours(hour)), hazard));
            foreach (var over in open.Where(incident => incident.Until == hour))
                await town.CloseAsync(over.Area, over.Id, over.Hazard, T0.AddHours(hour));
            if (hour % 24 == 0)
                await RetainAsync(T0.AddHours(hour));
        }

        foreach (var over in open.Where(incident => incident.Until >= 30 * 24))
            await town.CloseAsync(over.Area, over.Id, over.Hazard, T0.AddDays(30));
        const string Home = "planted-forget-me";
        await town.CloseAsync("b", await town.OpenAsync("b", Hazard.Fire, T0.AddDays(30), Home), Hazard.Fire, T0.AddDays(30));
        await Homes.EraseAsync(new HomeRevision(HomeChange.Erased, Home, $"premises-{Home}", Consents.None), default);
        Assert.Empty(await FoundAsync("forget-me"));
        await RetainAsync(T0.AddDays(41));
        Assert.Empty(await FoundAsync());
        await RetainAsync(T0.AddDays(71));
        Assert.Empty(await Reader.IncidentsAsync(new(), default));
    }

    [Fact]
    public async Task StepAsync_AmongIncidentsThatStayOpen_LeavesNoCopyOfThem()
    {
        var town = new RetentionTown(Ledger, 8);
        var open = new List<(string Area, string Id)>();
        for (var i = 0; i < 600; i++)
        {
            var area = $"a{i % 7}";
            if (i % 10 == 0)
                open.Add((area, await town.OpenAsync(area, Hazard.RoadHazard, T0.AddMinutes(i))));
            else
                await town.PassAsync(area, Hazard.RoadHazard, T0.AddMinutes(i));
        }

        Assert.Equal(540, (await RetainAsync(T0.AddDays(25))).Removed);
        foreach (var (area, id) in open)
            await town.CloseAsync(area, id, Hazard.RoadHazard, T0.AddDays(25));
        Assert.Equal(60, (await RetainAsync(T0.AddDays(36))).Reduced);

        Assert.Empty(await FoundAsync());
    }

    [Fact]
    public async Task StepAsync_WhileAreasCommit_LosesNothing()
    {
        var town = new RetentionTown(Ledger, 5);
        for (var i = 0; i < 200; i++)
            await town.PassAsync($"a{i % 5}", Hazard.Fire, T0);
        var young = new RetentionTown(Ledger, 6);
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync();
        await RetainAsync(T0.AddDays(50)).WaitAsync(TimeSpan.FromSeconds(120));
        await enough.CancelAsync();
        await writing.WaitAsync(TimeSpan.FromSeconds(60));

        foreach (var id in young.Closed.Keys)
            Assert.Equal(EntryType.Evidence, (await Reader.IncidentAsync(id, default))[0].Type);
        Assert.DoesNotContain(await LinesAsync(), line => town.Closed.ContainsKey(line.Key));

        async Task WriteAsync()
        {
            for (var i = 0; !enough.IsCancellationRequested || i < 10; i++)
                await young.PassAsync($"b{i % 5}", Hazard.Fire, T0.AddDays(50));
        }
    }

    [Fact]
    public async Task StepAsync_SteadyFlow_DatabaseStopsGrowing()
    {
        var town = new RetentionTown(Ledger, 7);
        var sizes = new List<long>();
        for (var day = 0; day < 200; day++)
        {
            for (var i = 0; i < 12; i++)
                await town.PassAsync($"a{i % 7}", i % 2 == 0 ? Hazard.Fire : Hazard.RoadHazard, T0.AddDays(day).AddHours(i));
            await RetainAsync(T0.AddDays(day));
            if (day % 20 == 19)
                sizes.Add(await SizeAsync());
        }

        Assert.InRange(sizes[^1], 0, sizes[4] * 1.1); // Full since day 40, and steady for long when it is measured first.
        Assert.InRange((await Reader.ReadAsync(0, TailScope.Everything, 10_000, default)).Count, 1, 9000);
    }

    [Fact]
    public async Task StepAsync_WhatIsLongOverBesideTheLedger_IsRemoved()
    {
        await Homes.SaveAsync([new() { Gateway = "gw1", RegisteredAt = T0 }], T0);
        await Facts.WriteAsync(
            [new HomeFact("gw1", "d1", HomeFactKind.Battery, T0, T0.AddDays(1)), new HomeFact("gw1", "d1", HomeFactKind.Fault, T0)],
            [new PowerCut("a", 10, 12, T0, T0.AddHours(1)), new PowerCut("a", 10, 12, T0.AddHours(2))]);
        await Deliveries.SaveAsync("t", new Delivered("a1", "r", 1, 1, true, T0));
        await Deliveries.SaveAsync("t", new Delivered("a2", "r", 1, 1, false, T0));

        Assert.Equal(1, (await RetainAsync(T0.AddDays(31))).Beside);
        Assert.Equal(3, (await RetainAsync(T0.AddDays(367))).Beside);

        Assert.Equal(HomeFactKind.Fault, Assert.Single(await Facts.OfHomeAsync("gw1", 10, default)).What);
        Assert.Null(Assert.Single(await Facts.PowerCutsAsync(10, default)).Until);
        Assert.Null(await Deliveries.FindAsync("t", "a2", default));
    }

    [Fact]
    public async Task ForgetAsync_QuestionsAndAnswersAmongOthers_LeaveNoWordAndTheOthers()
    {
        var random = new Random(9);
        for (var i = 0; i < 300; i++)
        {
            var (isOld, id) = (i % 3 > 0, $"q{i * 7919 % 300}");
            var at = isOld ? T0 : T0.AddDays(20);
            await Questions.AskAsync(new()
            {
                Id = id,
                Neighbourhood = "acton",
                Text = isOld ? $"{RetentionTown.Planted}question" : "Do you see smoke?",
                AskedBy = isOld ? $"{RetentionTown.Planted}officer" : "u1",
                AskedAt = at,
                Until = at.AddHours(1),
            });
            await Questions.AnswerAsync(id, new(isOld ? $"{RetentionTown.Planted}reporter" : "r1", true, isOld ? $"{RetentionTown.Planted}{new string('x', random.Next(150))}" : "", at));
        }

        Assert.NotEmpty(await FoundAsync());
        Assert.Equal(200, await Questions.ForgetAsync(T0.AddDays(1)));
        Assert.Empty(await FoundAsync());
        Assert.Equal((100, 100), ((await Questions.NewestAsync(null, 1000, default)).Count, (await Questions.NewestAsync(null, 1000, default)).Sum(tally => tally.Yes)));
    }

    private async Task<RetentionStep> RetainAsync(DateTimeOffset now)
    {
        RetentionStep all = default;
        RetentionStep step;
        do
        {
            step = await Retention.StepAsync(Policy, now, default);
            all = all.And(step);
        }
        while (!step.IsDone);
        return all;
    }

    private async Task<Dictionary<string, IncidentLine>> LinesAsync() => (await Reader.IncidentsAsync(new(Limit: 1000), default))
        .ToDictionary(entry => entry.Incident, entry => JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.IncidentLine)!);

    /// <summary>What statistics count.</summary>
    private static string Counted(IncidentLine line) =>
        $"{line.Id} {line.Hazard} {line.OpenedAt:O} {line.At:O} {line.Outcome} {line.Belief} {line.Confirmation!.Rule} {line.Confirmation.At:O} {line.Confirmation.By.Count} {line.Neighbourhood} {line.AcknowledgedBy is null} "
        + string.Join(',', line.Evidence.Select(evidence => $"{evidence.Kind} {evidence.At:O} {evidence.LnLr}"));

    /// <summary>Which files hold something that must be gone.</summary>
    private async Task<List<string>> FoundAsync(string planted = RetentionTown.Planted)
    {
        var names = new[] { planted, "53.04661", "2.99251" }[..(planted == RetentionTown.Planted ? 3 : 1)];
        return [.. (await FilesAsync()).SelectMany(path => Search(path, names))];
    }

    private static List<string> Search(string path, string[] names)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return [.. names.Where(name => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0).Select(name => $"{name} in {Path.GetFileName(path)}")];
    }
}
