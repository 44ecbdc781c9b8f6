using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CivicSignals.Homes;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Areas;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>A town's worth of fires on disk, and one home that wants to be forgotten: looked for in the files' bytes.</summary>
public abstract class ErasureSuite(ILedgerKeeper keeper) : LedgerSuite(keeper)
{
    private const string Gateway = "gw-forget-me";
    private const string Premises = "premises-forget-me";
    private const string Reporter = "forget-me-reporter";
    private const double Lat = 53.046613;
    private const double Lon = -2.992517;
    private const int Others = 40;

    private readonly Dictionary<string, Scene> _areas = [];
    private readonly Dictionary<string, (long Version, int Entries)> _written = [];

    private static HomeRevision Revision => new(HomeChange.Erased, Gateway, Premises, Consents.None);

    [Fact]
    public async Task EraseAsync_HomeInManyPlaces_LeavesNoByteOfItsNamesAndPlace()
    {
        await FillAsync();
        Assert.NotEmpty(await FoundAsync());
        var incidents = await IncidentsAsync();

        await ReviseAreasAsync();
        var (entries, touched) = await Homes.EraseAsync(Revision, CancellationToken.None);

        Assert.True(entries > 5, $"{entries} entries");
        Assert.Equal(2, touched);
        Assert.Empty(await FoundAsync());
        Assert.Equal(incidents, await IncidentsAsync());
        Assert.Empty((await Homes.RecordsAsync(Revision, default)).Evidence);
        var lines = await Reader.ReadAsync(0, TailScope.Everything, 10_000, default);
        Assert.Contains(lines, entry => Encoding.UTF8.GetString(entry.Body.Span).Contains("\"source\":\"erased\"", StringComparison.Ordinal));
        Assert.All(lines, entry => JsonDocument.Parse(entry.Body).Dispose());
    }

    [Fact]
    public async Task EraseAsync_OtherHomes_StayAsTheyWere()
    {
        await FillAsync();
        var before = await OthersAsync();
        await ReviseAreasAsync();
        await Homes.EraseAsync(Revision, CancellationToken.None);
        Assert.Equal(before, await OthersAsync());
        Assert.Equal(Others, (await Homes.HomesAsync(default)).Count);
        Assert.Equal(Others, (await Gateways.RecallAsync(default)).Count);
    }

    /// <summary>A resident who reported a fire, was wrong, took it back, and answered a question.</summary>
    [Fact]
    public async Task EraseAsync_Reporter_LeavesNoByteOfNameWordsAndPlaceAndTheCounts()
    {
        var reporter = HomeRevision.OfReporter(Reporter);
        await HearAsync("r", Report("fire", 0), Report("fire", 0) with { Source = "reports/somebody", Place = new Place(53.0481, -2.9911, 50) });
        _areas["r"].Act(Scene.Start.AddMinutes(1), _areas["r"].State.Open[0].Id, ActionVerb.FalseAlarm);
        await HearAsync("r", Report("fire", 2, "later"));
        await Questions.AskAsync(new() { Id = "q1", Neighbourhood = "acton", Text = "Do you see smoke?", AskedBy = "u1", AskedAt = Scene.Start, Until = Scene.Start.AddHours(1) });
        await Questions.AnswerAsync("q1", new(Reporter, true, "from my window in forget-me street", Scene.Start.AddMinutes(1)));
        await Questions.AnswerAsync("q1", new("somebody", false, "", Scene.Start.AddMinutes(1)));
        Assert.NotEmpty(await FoundAsync("forget-me-reporter", "forget-me street", "53.04661"));
        Assert.NotEmpty(_areas["r"].State.Learnt!.Sources);
        var tally = await Questions.FindAsync("q1", default);

        Assert.Equal(["r"], await Homes.AreasNamingAsync(reporter, default));
        _areas["r"].Revise(Scene.Start.AddMinutes(5), reporter);
        await CommitAsync("r");
        var (entries, touched) = await Homes.EraseAsync(reporter, CancellationToken.None);

        Assert.Equal(2, touched);
        Assert.True(entries > 4, $"{entries} entries");
        Assert.Empty(await FoundAsync("forget-me-reporter", "forget-me street", "53.04661", "2.99251"));
        Assert.Equal((tally!.Yes, tally.No), (await Questions.FindAsync("q1", default) is { } after ? (after.Yes, after.No) : default));
        Assert.Contains(await Questions.AnswersAsync("q1", 10, default), answer => answer.Reporter == "somebody");
        Assert.Contains((await Reader.ReadAsync(0, TailScope.Everything, 10_000, default)).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)), body => body.Contains("reports/somebody", StringComparison.Ordinal));
    }

    /// <summary>A database leaves copies of rows that it moved from page to page, and of what it freed.</summary>
    [Fact]
    public async Task EraseAsync_StatesThatGrewAndShrank_LeavesNoCopy()
    {
        var random = new Random(1);
        const int Rounds = 8;
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < 200; i++)
            {
                var (isHome, longest) = (i % 5 == 0, i % 50 == 0 ? 40_000 : 1500);
                var source = $"homes/{(isHome ? Gateway : "other")}/{new string('x', random.Next(10, longest))}";
                var state = isHome && round == Rounds ? "{}" : $"{{\"latches\":[{{\"source\":\"{source}\"}}]}}";
                await Ledger.CommitAsync(new AreaCommit($"{i * 7919 % 200:000}", round, Encoding.UTF8.GetBytes(state), null, []));
            }
        }

        await Homes.EraseAsync(Revision, CancellationToken.None);

        Assert.Empty(await FoundAsync());
    }

    [Fact]
    public async Task EraseAsync_WhileOthersReadAndCommit_Ends()
    {
        await FillAsync();
        await ReviseAreasAsync();
        using var enough = new CancellationTokenSource();
        var busy = Task.WhenAll(ReadAsync(), WriteAsync());
        await Homes.EraseAsync(Revision, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(120));
        await enough.CancelAsync();
        await busy;
        Assert.Empty(await FoundAsync());

        async Task ReadAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                await Reader.ReadAsync(0, TailScope.Everything, 100, default);
                await Task.Yield();
            }
        }

        async Task WriteAsync()
        {
            for (var version = 0L; !enough.IsCancellationRequested; version++)
                await Ledger.CommitAsync(new AreaCommit("busy", version, new byte[100], null, []));
        }
    }

    /// <summary>Fires of many homes, area by area, with growing states, the home's among them; metadata that is said again and again.</summary>
    private async Task FillAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i <= Others; i++)
            {
                var isHome = i == Others / 2;
                var (gateway, premises) = isHome ? (Gateway, Premises) : ($"gw{i}", $"p{i}");
                await Homes.SaveAsync(
                    [new() { Gateway = gateway, Premises = premises, Place = new Place(isHome ? Lat : 53, isHome ? Lon : -3, 15), Consents = Consents.All, RegisteredAt = Scene.Start }],
                    Scene.Start);
                await Homes.SightAsync([(gateway, new DeviceSighting($"0x{i}", $"alarm of {gateway}", ["fire.smoke"], null, "zigbee2mqtt"))], [], Scene.Start);
                await Facts.WriteAsync([new HomeFact(gateway, $"{gateway}/alarm", HomeFactKind.Battery, Scene.Start.AddDays(round), round < 2 ? Scene.Start.AddDays(round + 1) : null)], []);
                await Gateways.RememberAsync($"homes/{gateway}/z2m/bridge/devices", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"[\"{gateway}\"]", 9000 - (4000 * round)))), default);
                await HearAsync(isHome ? "b" : $"a{i}", Signal(gateway, premises, isHome, "fire.smoke", $"d{round}", round), Signal(gateway, premises, isHome, "fire.heat", $"e{round}", round));
            }
        }

        // In an incident of others too, and in a note.
        await HearAsync("a1", Signal(Gateway, Premises, true, "fire.smoke", "f", 3));
        var incident = _areas["b"].State.Open[0].Id;
        _areas["b"].Act(Scene.Start.AddMinutes(4), incident, ActionVerb.Acknowledge);
        var note = new ActionLine(Scene.Start, "action", "elsewhere", "acknowledge", "u1", $"compare {Gateway}, and {Premises}.");
        await Ledger.CommitAsync(new AreaCommit("c", 0, new byte[2], null, [new(0, EntryType.Action, Scene.Start, "c", "elsewhere", JsonSerializer.SerializeToUtf8Bytes(note, LedgerJson.Lines.ActionLine))]));
        await CommitAsync("b");
    }

    private static Signal Report(string kind, double minutes, string spot = "here") => new()
    {
        Source = $"reports/{Reporter}",
        Kind = $"report.{kind}",
        Active = true,
        Place = new Place(Lat, Lon, 50),
        ObservedAt = Scene.Start.AddMinutes(minutes),
        ReceivedAt = Scene.Start.AddMinutes(minutes),
        Event = spot,
    };

    private static Signal Signal(string gateway, string premises, bool isHome, string kind, string device, double minutes) =>
        Scene.Home(gateway, device, kind, minutes) with { Premises = premises, Place = isHome ? new Place(Lat, Lon, 15) : new Place(53.0481, -2.9911, 15) };

    private async Task HearAsync(string area, params Signal[] signals)
    {
        if (!_areas.TryGetValue(area, out var scene))
            _areas.Add(area, scene = new Scene());
        scene.Hear(signals[^1].ReceivedAt, signals);
        await CommitAsync(area);
    }

    private async Task ReviseAreasAsync()
    {
        foreach (var area in await Homes.AreasNamingAsync(Revision, default))
        {
            _areas[area].Revise(Scene.Start.AddMinutes(5), Revision);
            await CommitAsync(area);
        }
    }

    private async Task CommitAsync(string area)
    {
        var (version, entries) = _written.GetValueOrDefault(area);
        var scene = _areas[area];
        var state = JsonSerializer.SerializeToUtf8Bytes(scene.State, LedgerJson.Lines.AreaState);
        var commit = await Ledger.CommitAsync(new AreaCommit(area, version, state, null, [.. scene.Entries.Skip(entries)]));
        Assert.True(commit.Committed);
        _written[area] = (commit.Version, scene.Entries.Count);
    }

    private async Task<IReadOnlyList<(long, EntryType, string)>> IncidentsAsync()
    {
        var entries = await Reader.ReadAsync(0, TailScope.Everything, 10_000, default);
        return [.. entries.Where(entry => entry.At < Scene.Start.AddMinutes(5)).Select(entry => (entry.Seq, entry.Type, entry.Incident))];
    }

    private async Task<IReadOnlyList<string>> OthersAsync()
    {
        var entries = await Reader.ReadAsync(0, TailScope.Everything, 10_000, default);
        return [.. entries.Where(entry => entry.Type == EntryType.Evidence).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)).Where(body => !body.Contains("forget-me", StringComparison.Ordinal) && !body.Contains("erased", StringComparison.Ordinal))];
    }

    /// <summary>What of the home is in the bytes of any file of the database.</summary>
    private async Task<List<string>> FoundAsync()
    {
        var names = new List<(string Name, byte[] Bytes)>
        {
            ("gateway", Encoding.UTF8.GetBytes(Gateway)),
            ("premises", Encoding.UTF8.GetBytes(Premises)),
            ("latitude", "53.04661"u8.ToArray()),
            ("longitude", "2.99251"u8.ToArray()),
            ("latitude as a number", BigEndian(Lat)),
            ("longitude as a number", BigEndian(Lon)),
            ("latitude as another machine's number", [.. BigEndian(Lat).Reverse()]),
            ("longitude as another machine's number", [.. BigEndian(Lon).Reverse()]),
        };
        return [.. (await FilesAsync()).SelectMany(path => Search(path, names))];
    }

    private async Task<List<string>> FoundAsync(params string[] names) =>
        [.. (await FilesAsync()).SelectMany(path => Search(path, [.. names.Select(name => (name, Encoding.UTF8.GetBytes(name)))]))];

    private static IEnumerable<string> Search(string path, List<(string Name, byte[] Bytes)> names)
    {
        using var bytes = new MemoryStream();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.CopyTo(bytes);
        }
        catch (FileNotFoundException)
        {
            return []; // A server removes caches of its own meanwhile: what is gone keeps nothing.
        }

        var all = bytes.ToArray();
        return [.. names.Where(name => all.AsSpan().IndexOf(name.Bytes) >= 0).Select(name => $"{name.Name} in {Path.GetFileName(path)}")];
    }

    private static byte[] BigEndian(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }
}
