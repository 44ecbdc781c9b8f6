using Microsoft.Extensions.Options;

namespace CivicSignals.Ingest.Feeds;

/// <summary>All feeds that are polled. Section <c>Feeds</c>, a list; default empty.</summary>
public sealed class FeedsOptions
{
    /// <summary>In the configuration's order.</summary>
    public IReadOnlyList<FeedOptions> All { get; set; } = [];

    /// <summary>As whom the platform itself speaks in CAP (<c>Cap:Sender</c>, with its default): what we said is no news to us.</summary>
    public string OwnSender { get; set; } = "alerts@civic-signals.example";
}

internal sealed class FeedsOptionsValidator : IValidateOptions<FeedsOptions>
{
    public const int LeastSeconds = 15;
    private const int MostSeconds = 86_400;
    private const int MostFeeds = 50;
    private const int LongestName = 40;

    public ValidateOptionsResult Validate(string? name, FeedsOptions options)
    {
        var problems = options.All.SelectMany((feed, at) => Problems(feed, $"Feeds:{at}")).ToList();
        if (options.All.Count > MostFeeds)
            problems.Add($"Feeds: {options.All.Count} feeds; expected at most {MostFeeds}");
        if (problems.Count == 0 && options.All.GroupBy(feed => feed.Label).FirstOrDefault(group => group.Count() > 1) is { } twice)
            problems.Add($"Feeds:{options.All.ToList().IndexOf(twice.Last())}:Name: another feed is called {twice.Key} too");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(FeedOptions feed, string key)
    {
        if (!Uri.TryCreate(feed.Url, UriKind.Absolute, out var address) || !FeedAddress.IsSafe(address))
            yield return $"{key}:Url is not an https address, or one of this machine";
        if (!FeedFormats.Names.Contains(feed.Format))
            yield return $"{key}:Format is '{feed.Format}'; expected {string.Join(", ", FeedFormats.Names)}";
        if (feed.Every is < LeastSeconds or > MostSeconds)
            yield return $"{key}:Every is {feed.Every}; expected {LeastSeconds} to {MostSeconds} seconds";
        if (feed.Name.Length > LongestName || !feed.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            yield return $"{key}:Name is '{feed.Name}'; expected up to {LongestName} letters, digits, dots, hyphens and underscores";
        if (feed.Authorization.Any(c => c is < ' ' or > '~'))
            yield return $"{key}:Authorization holds characters that a header cannot";
        if (feed.CapHosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(host => !FeedAddress.IsHost(host)))
            yield return $"{key}:CapHosts must be hosts separated by blanks";
    }
}
