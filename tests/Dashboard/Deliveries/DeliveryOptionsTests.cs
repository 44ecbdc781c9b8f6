using CivicSignals.Dashboard.Deliveries;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Dashboard.Deliveries;

public sealed class DeliveryOptionsTests
{
    private static readonly Dictionary<string, string> Right = new()
    {
        ["Http:PublicUrl"] = "https://signals.example",
        ["Deliveries:Mastodon:0:Url"] = "https://social.example",
        ["Deliveries:Mastodon:0:AccessToken"] = "a-secret",
        ["Deliveries:Bluesky:0:Handle"] = "alerts.example.org",
        ["Deliveries:Bluesky:0:AppPassword"] = "b-secret",
    };

    [Theory]
    [InlineData("Deliveries:Mastodon:0:Url", "http://social.example", "Deliveries:Mastodon:0:Url must be")]
    [InlineData("Deliveries:Mastodon:0:Url", "https://user:pw@social.example", "Deliveries:Mastodon:0:Url must be")]
    [InlineData("Deliveries:Mastodon:0:Url", "", "Deliveries:Mastodon:0:Url must be")]
    [InlineData("Deliveries:Mastodon:0:AccessToken", "a secret\nX: y", "Deliveries:Mastodon:0:AccessToken must be")]
    [InlineData("Deliveries:Mastodon:0:Visibility", "direct", "Deliveries:Mastodon:0:Visibility must be")]
    [InlineData("Deliveries:Mastodon:0:Neighbourhoods", "lache atlantis", "Deliveries:Mastodon:0:Neighbourhoods must be")]
    [InlineData("Deliveries:Bluesky:0:Url", "ftp://pds.example", "Deliveries:Bluesky:0:Url must be")]
    [InlineData("Deliveries:Bluesky:0:Handle", "@alerts.example.org", "Deliveries:Bluesky:0:Handle must be")]
    [InlineData("Deliveries:Bluesky:0:AppPassword", "", "Deliveries:Bluesky:0:AppPassword must be")]
    [InlineData("Deliveries:Bluesky:0:Neighbourhoods", "atlantis", "Deliveries:Bluesky:0:Neighbourhoods must be")]
    [InlineData("Http:PublicUrl", "", "Http:PublicUrl must be given")]
    public async Task Start_WrongValue_StopsWithALineThatNamesTheKeyAndNoSecret(string key, string value, string line)
    {
        var settings = new Dictionary<string, string>(Right) { [key] = value };
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(null, [.. settings.Select(setting => (setting.Key, setting.Value))]));
        Assert.StartsWith(line, Assert.Single(fault.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoAccountsOfOneServerWithoutNames_StopsWithALine()
    {
        var settings = new Dictionary<string, string>(Right) { ["Deliveries:Mastodon:1:Url"] = "https://social.example/", ["Deliveries:Mastodon:1:AccessToken"] = "c" };
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(null, [.. settings.Select(setting => (setting.Key, setting.Value))]));
        Assert.StartsWith("Deliveries:Mastodon:1:Account must", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Options_HoldsNoSecret()
    {
        Assert.DoesNotContain("secret", new MastodonOptions { AccessToken = "secret" }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new BlueskyOptions { AppPassword = "secret" }.ToString(), StringComparison.Ordinal);
    }
}
