using CivicSignals.Duties;
using CivicSignals.Feeds;
using CivicSignals.Notices;
using CivicSignals.Tests.Ingest.Feeds;

namespace CivicSignals.Tests.Browser;

/// <summary>A notice and some feeds.</summary>
internal static class SampleFeeds
{
    public static MemoryNotices Notices(DateTimeOffset now, Func<Notice, Notice>? change = null)
    {
        var notices = new MemoryNotices();
        notices.SaveAsync([change?.Invoke(Notice(now)) ?? Notice(now)], now);
        return notices;
    }

    /// <summary>A flood warning along the south of the sample town's Maple Park.</summary>
    public static Notice Notice(DateTimeOffset now) => new()
    {
        Id = "0123456789abcdef01234567",
        Feed = "environment-agency",
        Issuer = "Environment Agency",
        Headline = "Flood warning for the River Alyn at Rossett",
        Event = "Flood warning",
        Severity = "Severe",
        Urgency = "Immediate",
        Certainty = "Likely",
        Expires = now.AddHours(12),
        AreaDescription = "River Alyn at Rossett",
        Areas = [[(53.040, -2.995), (53.040, -2.990), (53.044, -2.990), (53.044, -2.995), (53.040, -2.995)]],
        Link = "https://check-for-flooding.example/target-area/1",
        Identifier = "ea-1",
        Sender = "www.gov.uk/environment-agency",
        Sent = now.AddHours(-1),
    };

    public static IFeedStates States(DateTimeOffset now) => new Fixed(
    [
        new FeedState("environment-agency", "cap") { Polls = 12, Items = 34, GoingOn = 3, SucceededAt = now.AddMinutes(-1), NextAt = now.AddMinutes(1) },
        new FeedState("waze", "waze") { Polls = 9, Failures = 2, Failure = "HTTP 503", SucceededAt = now.AddMinutes(-20) },
        new FeedState("roads", "datex2"),
    ]);

    /// <summary>A machine that reads all of these feeds.</summary>
    public static IDuties Duties(DateTimeOffset now)
    {
        var machine = new SoleMachine();
        foreach (var feed in States(now).Read())
            _ = machine.RunAsync($"feed {feed.Name}", _ => Task.Delay(Timeout.Infinite, CancellationToken.None), CancellationToken.None);
        return machine;
    }

    private sealed record Fixed(IReadOnlyList<FeedState> States) : IFeedStates
    {
        public IReadOnlyList<FeedState> Read() => States;
    }
}
