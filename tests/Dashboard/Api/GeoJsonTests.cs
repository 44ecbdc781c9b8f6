using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Tests.Dashboard.Fakes;

namespace CivicSignals.Tests.Dashboard.Api;

public sealed class GeoJsonTests
{
    [Fact]
    public async Task Alerts_OnePublic_IsAPointLongitudeFirstWithItsAreaAndNothingOfTheControlRooms()
    {
        await using var site = await Site.StartAsync(null, ("Http:PublicUrl", "https://signals.example/"));
        site.Ledger.Append(Entries.Entry(Entries.Alert("c", audience: Audience.ControlRoom)));
        site.Ledger.Append(Entries.Entry(Entries.Alert("p")));
        site.Ledger.Append(Entries.Entry(Entries.Alert("p", 2)));
        using var response = await site.Http.GetAsync("/api/alerts.geojson");
        Assert.Equal("application/geo+json", response.Content.Headers.ContentType?.MediaType);
        var collection = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        var feature = Assert.Single(collection.GetProperty("features").EnumerateArray());
        Assert.Equal("Feature", feature.GetProperty("type").GetString());
        Assert.Equal("""{"type":"Point","coordinates":[-2.99,53.05]}""", feature.GetProperty("geometry").GetRawText());
        var properties = feature.GetProperty("properties");
        Assert.Equal(2, properties.GetProperty("version").GetInt32());
        Assert.Equal(2441, properties.GetProperty("radiusM").GetDouble());
        Assert.Equal("https://signals.example/alerts/p.cap", properties.GetProperty("cap").GetString());
        Assert.Equal("Polygon", properties.GetProperty("area").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("bbox=-3,53,-2.9,53.1", 1)]
    [InlineData("bbox=-3,54,-2.9,55", 0)]
    [InlineData("bbox=170,53,-2.9,53.1", 1)]
    [InlineData("bbox=0,53,10,53.1", 0)]
    [InlineData("since=2026-01-10T08:01:02Z", 1)]
    [InlineData("since=2026-01-10T08:01:03Z", 0)]
    [InlineData("active=true", 1)]
    [InlineData("active=false", 0)]
    public async Task Alerts_Narrowed_GivesThoseThatMatch(string query, int expected)
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        var collection = await site.Http.GetFromJsonAsync<JsonElement>("/api/alerts.geojson?" + query);
        Assert.Equal(expected, collection.GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("bbox=1,2,3")]
    [InlineData("bbox=a,b,c,d")]
    [InlineData("bbox=0,10,1,9")]
    [InlineData("bbox=0,0,181,1")]
    [InlineData("bbox=NaN,0,1,1")]
    [InlineData("since=now")]
    [InlineData("active=1")]
    [InlineData("limit=0")]
    public async Task Alerts_WrongParameter_IsRefused(string query)
    {
        await using var site = await Site.StartAsync();
        using var response = await site.Http.GetAsync("/api/alerts.geojson?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Alerts_AskedAgain_AreNotModifiedUntilTheyAre()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        using var first = await site.Http.GetAsync("/api/alerts.geojson");
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: > 0 and <= 30 });
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(first.Headers.ETag!));
        site.Ledger.Append(Entries.Entry(Entries.Alert(version: 2, ended: Outcome.AllClear)));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(first.Headers.ETag!));

        async Task<HttpStatusCode> AgainAsync(EntityTagHeaderValue tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/alerts.geojson");
            request.Headers.IfNoneMatch.Add(tag);
            using var response = await site.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Neighbourhoods_All_AreClosedRingsCounterclockwise()
    {
        await using var site = await Site.StartAsync();
        var collection = await site.Http.GetFromJsonAsync<JsonElement>("/api/neighbourhoods.geojson");
        var features = collection.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(["Lache", "Hoole & <Newton>"], features.Select(feature => feature.GetProperty("properties").GetProperty("name").GetString()));
        Assert.Equal(["Polygon", "MultiPolygon"], features.Select(feature => feature.GetProperty("geometry").GetProperty("type").GetString()));
        var many = features[1].GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(polygon => polygon[0]);
        foreach (var ring in many.Append(features[0].GetProperty("geometry").GetProperty("coordinates")[0]))
        {
            var points = ring.EnumerateArray().Select(point => (X: point[0].GetDouble(), Y: point[1].GetDouble())).ToList();
            Assert.Equal(points[0], points[^1]);
            Assert.True(points.Zip(points.Skip(1), (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum() > 0);
        }
    }

    [Theory]
    [InlineData("/api/alerts.geojson", true)]
    [InlineData("/api/neighbourhoods.geojson", true)]
    [InlineData("/n/lache/feed.atom", true)]
    [InlineData("/api/incidents", false)]
    public async Task Api_FromAnotherOrigin_IsOpenOnlyWhereItIsPublic(string path, bool open)
    {
        await using var site = await Site.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var response = await site.Http.SendAsync(request);
        Assert.Equal(open, response.Headers.TryGetValues("Access-Control-Allow-Origin", out _));
    }
}
