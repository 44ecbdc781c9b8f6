using CivicSignals.Dashboard.Api;
using CivicSignals.Neighbourhoods;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>Checks the configured accounts at start; each failure is a line that names its key and repeats no secret.</summary>
internal sealed class DeliveryValidation(IOptions<PublicAddressOptions> address, NeighbourhoodMap map) : IValidateOptions<DeliveryOptions>
{
    private const int LongestUrl = 100;
    private static readonly string[] Visibilities = ["public", "unlisted", "private"];

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(DeliveryOptions options)
    {
        var targets = new HashSet<string>();
        for (var i = 0; i < options.Mastodon.Count; i++)
        {
            var (key, account) = ($"Deliveries:Mastodon:{i}", options.Mastodon[i]);
            if (!IsServer(account.Url))
                yield return $"{key}:Url must be an https address, or http on loopback";
            else if (!targets.Add(account.Target))
                yield return $"{key}:Account must tell this account from the others of its server";
            if (!IsSecret(account.AccessToken))
                yield return $"{key}:AccessToken must be the account's access token";
            if (!Visibilities.Contains(account.Visibility))
                yield return $"{key}:Visibility must be public, unlisted or private";
            if (Unknown(account.Neighbourhoods) is { } slug)
                yield return $"{key}:Neighbourhoods must be slugs that are served; '{slug}' is none";
        }

        for (var i = 0; i < options.Bluesky.Count; i++)
        {
            var (key, account) = ($"Deliveries:Bluesky:{i}", options.Bluesky[i]);
            if (!IsServer(account.Url))
                yield return $"{key}:Url must be an https address, or http on loopback";
            if (account.Handle.Length is 0 or > 253 || account.Handle.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')))
                yield return $"{key}:Handle must be the account's handle, such as alerts.example.org";
            else if (!targets.Add(account.Target))
                yield return $"{key}:Handle must not be given twice";
            if (!IsSecret(account.AppPassword))
                yield return $"{key}:AppPassword must be an app password of the account";
            if (Unknown(account.Neighbourhoods) is { } slug)
                yield return $"{key}:Neighbourhoods must be slugs that are served; '{slug}' is none";
        }

        if (options.Mastodon.Count + options.Bluesky.Count > 0 && address.Value.PublicUrl is not { Length: > 0 and <= LongestUrl })
            yield return $"Http:PublicUrl must be given, of at most {LongestUrl} characters: posts link to the alerts' pages";
    }

    private static bool IsServer(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var server) && server.UserInfo.Length == 0 && server.PathAndQuery == "/" && server.Fragment.Length == 0
        && (server.Scheme == Uri.UriSchemeHttps || (server.Scheme == Uri.UriSchemeHttp && server.IsLoopback));

    /// <summary>What may stand in a header.</summary>
    private static bool IsSecret(string secret) => secret.Length is > 0 and <= 1000 && secret.All(c => c is > ' ' and < (char)127);

    private string? Unknown(string slugs) => slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(slug => map.BySlug(slug) is null);
}
