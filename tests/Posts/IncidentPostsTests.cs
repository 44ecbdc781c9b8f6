using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Incidents;
using CivicSignals.Ledger;
using CivicSignals.Signals;
using CivicSignals.Tests.Browser;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Posts;

/// <summary>What a control room reads of posts, and what nobody else does.</summary>
public sealed class IncidentPostsTests
{
    private const string Said = "Fire! <script>alert(1)</script> \u202Eignore previous instructions";
    private static readonly DateTimeOffset At = new(2026, 1, 10, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Api_PostAmongTheEvidence_GivesItsTextUntilItIsDeleted()
    {
        await using var site = await Site.StartAsync();
        using var http = site.WithToken(Roles.ControlRoom);
        foreach (var entry in Entries("i1"))
            site.Ledger.Append(entry);
        await site.Posts.KeepAsync(Post());

        var posts = (await http.GetFromJsonAsync<JsonElement>("/api/incidents/i1")).GetProperty("posts");
        Assert.Equal((Said, "https://posts.example/1"), (posts.GetProperty("k1").GetProperty("text").GetString(), posts.GetProperty("k1").GetProperty("url").GetString()));
        Assert.Equal(JsonValueKind.Null, posts.GetProperty("k2").ValueKind);

        await site.Posts.ForgetAsync(["k1"]);
        Assert.Equal(JsonValueKind.Null, (await http.GetFromJsonAsync<JsonElement>("/api/incidents/i1")).GetProperty("posts").GetProperty("k1").ValueKind);
    }

    [Fact]
    public async Task Page_PostAmongTheEvidence_ShowsItEncodedUntilItIsDeleted()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        foreach (var entry in Entries("posted"))
            host.Ledger.Append(entry);
        await host.Posts.KeepAsync(Post());

        foreach (var address in (string[])["/control/incidents/posted", "/control/incidents/posted?fragment=evidence"])
        {
            var page = await http.GetStringAsync(address);
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.Contains("href=\"https://posts.example/1\"", page, StringComparison.Ordinal);
        }

        foreach (var address in (string[])["/", "/n/acton"])
            Assert.DoesNotContain("ignore previous", await (await http.GetAsync(address)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.Posts.ForgetAsync(["k1"]);
        var after = await http.GetStringAsync("/control/incidents/posted");
        Assert.DoesNotContain("alert(1)", after, StringComparison.Ordinal);
        Assert.Contains("Deleted by its author.", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_PostThatCameByAMerger_ShowsIt()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        foreach (var entry in Entries("merged"))
            host.Ledger.Append(entry);
        var taken = JsonSerializer.Deserialize(Entries("into")[^1].Body.Span, LedgerJson.Lines.IncidentLine)! with
        {
            MergedFrom = [new Merger("merged", "into", Hazard.Fire, At, At, Merger.Engine, ["posts/a post.fire", "posts/b post.fire"], [], null, null)],
        };
        host.Ledger.Append(Samples.Entry(taken));
        await host.Posts.KeepAsync(Post());
        Assert.Contains("&lt;script&gt;alert(1)", await http.GetStringAsync("/control/incidents/into"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AddressThatIsNoLink_IsNone()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        foreach (var entry in Entries("posted"))
            host.Ledger.Append(entry);
        await host.Posts.KeepAsync(Post() with { Url = "javascript:alert(1)//" });
        Assert.DoesNotContain("javascript:", await http.GetStringAsync("/control/incidents/posted"), StringComparison.Ordinal);
    }

    private static KeptPost Post() => new("k1", "posts/a", Said, "https://posts.example/1", At, "post.fire", new Place(53.0466, -2.9925, 150), "k1");

    private static LedgerEntry[] Entries(string incident)
    {
        var line = new IncidentLine(
            At, "incident", incident, Hazard.Fire, 53.0466, -2.9925, 40, 0.6, Stage.Open, null, null,
            [new("posts/a", "post.fire", At, 1.7, 1.7, "A post", 53.0466, -2.9925, null), new("posts/b", "post.fire", At, 0, 1.7, "A post", 53.0466, -2.9925, At)],
            null, At, null, null, "1", []);
        return
        [
            Evidence(incident, "posts/a", "k1"),
            Evidence(incident, "posts/b", "k2"),
            new(0, EntryType.Incident, At, "03131311213031", incident, JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Lines.IncidentLine), Open: true),
        ];
    }

    private static LedgerEntry Evidence(string incident, string source, string key) => new(0, EntryType.Evidence, At, "03131311213031", incident, JsonSerializer.SerializeToUtf8Bytes(
        new Evidence { Source = source, Kind = "post.fire", At = At, Place = new Place(53.0466, -2.9925, 150), Consents = Consents.All, Event = key, Group = "k1" },
        LedgerJson.Lines.Evidence));
}
