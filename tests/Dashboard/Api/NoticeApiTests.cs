using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Tests.Browser;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class NoticeApiTests
{
    [Fact]
    public async Task Notices_InForce_AreShapesLongitudeFirstWithTheirIssuer()
    {
        await using var site = await StartAsync();
        using var response = await site.Http.GetAsync("/api/notices.geojson");
        Assert.Equal("application/geo+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.ETag);
        var features = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("features").EnumerateArray().ToList();
        var shape = features.Single(feature => feature.GetProperty("id").GetString() == "0123456789abcdef01234567");
        Assert.Equal("Polygon", shape.GetProperty("geometry").GetProperty("type").GetString());
        Assert.Equal(-2.995, shape.GetProperty("geometry").GetProperty("coordinates")[0][0][0].GetDouble());
        Assert.Equal("Environment Agency", shape.GetProperty("properties").GetProperty("issuer").GetString());
        Assert.Equal(JsonValueKind.Null, features.Single(feature => feature.GetProperty("id").GetString() == "nowhere").GetProperty("geometry").ValueKind);
        Assert.Equal(2, features.Count);
    }

    [Theory]
    [InlineData("bbox=-3,53,-2.9,53.1", 1)]
    [InlineData("bbox=-3,54,-2.9,55", 0)]
    [InlineData("bbox=170,53,-2.9,53.1", 1)]
    [InlineData("bbox=170,53,-100,53.1", 0)]
    [InlineData("limit=1", 1)]
    public async Task Notices_Narrowed_GivesThoseThatMatch(string query, int expected)
    {
        await using var site = await StartAsync();
        var collection = await site.Http.GetFromJsonAsync<JsonElement>("/api/notices.geojson?" + query);
        Assert.Equal(expected, collection.GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("bbox=1,2,3")]
    [InlineData("limit=0")]
    public async Task Notices_WrongParameter_IsRefused(string query)
    {
        await using var site = await StartAsync();
        using var response = await site.Http.GetAsync("/api/notices.geojson?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<Site> StartAsync()
    {
        var site = await Site.StartAsync();
        var (now, notice) = (site.Time.GetUtcNow(), SampleFeeds.Notice(site.Time.GetUtcNow()));
        await site.Notices.SaveAsync([notice, notice with { Id = "nowhere", Areas = [] }, notice with { Id = "over", EndedAt = now }], now);
        return site;
    }
}
