using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using CivicSignals.Tests.Browser;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Tests.Documents;

/// <summary>Real answers, and what was asked, against the schemas that the document gives them.</summary>
public sealed class OpenApiAnswerTests
{
    private const string Csv = "gateway,secret,lat,lon,consents\ngw2,,53.05,-2.99,fire\ngw3,,,,\ngw/4,,53,-3,\n";

    private static readonly (string Method, string Path, string Call, object? Body)[] Calls =
    [
        ("get", "/api/incidents", "/api/incidents?limit=1", null),
        ("get", "/api/incidents", "/api/incidents?limit=none", null),
        ("get", "/api/incidents/{id}", "/api/incidents/i1", null),
        ("get", "/api/incidents/{id}", "/api/incidents/nothing", null),
        ("post", "/api/incidents/{id}/actions", "/api/incidents/i1/actions", new { action = "confirm" }),
        ("post", "/api/incidents/{id}/actions", "/api/incidents/i1/actions", new { action = "split", evidence = new[] { "homes/gw1/0x01 fire.smoke" } }),
        ("post", "/api/incidents/{id}/actions", "/api/incidents/i1/actions", new { action = "merge", into = "none" }),
        ("post", "/api/incidents/{id}/actions", "/api/incidents/i1/actions", new { action = "undo-merge", merged = "i0" }),
        ("get", "/api/alerts.geojson", "/api/alerts.geojson", null),
        ("get", "/api/notices.geojson", "/api/notices.geojson", null),
        ("get", "/api/neighbourhoods.geojson", "/api/neighbourhoods.geojson", null),
        ("post", "/api/reports", "/api/reports", new { kind = "fire", says = "seen", lat = 53.05, lon = -2.99 }),
        ("post", "/api/alerts/{id}/answers", "/api/alerts/a1/answers", new { says = "seen" }),
        ("post", "/api/alerts/{id}/answers", "/api/alerts/none/answers", new { says = "seen" }),
        ("post", "/api/questions", "/api/questions", new { neighbourhood = "lache", text = "Can anyone see smoke?", incident = "i1", minutes = 15 }),
        ("get", "/api/questions", "/api/questions", null),
        ("get", "/api/neighbourhoods/{slug}/questions", "/api/neighbourhoods/lache/questions", null),
        ("post", "/api/homes/import", "/api/homes/import", Csv),
        ("post", "/api/home/sign-up", "/api/home/sign-up", new { lat = 53.0468, lon = -2.9928, consents = new[] { "fire", "public" } }),
        ("post", "/api/home/sign-up", "/api/home/sign-up", new { lat = 97 }),
        ("get", "/api/homes", "/api/homes", null),
        ("get", "/api/homes/strangers", "/api/homes/strangers", null),
        ("get", "/api/homes/{gateway}", "/api/homes/gw1", null),
        ("get", "/api/homes/{gateway}", "/api/homes/gw3", null),
        ("get", "/api/homes/{gateway}/export", "/api/homes/gw1/export", null),
        ("put", "/api/homes/{gateway}/consents", "/api/homes/gw1/consents", new { consents = new[] { "fire" } }),
        ("post", "/api/homes/{gateway}/credentials", "/api/homes/gw1/credentials", new { credential = "mqtt" }),
        ("delete", "/api/homes/{gateway}", "/api/homes/gw1", null),
    ];

    [Fact]
    public async Task Answers_ByTheirSchemas_AreValid()
    {
        await using var site = await Site.StartAsync();
        site.Ledger.Append(Entries.Evidence("fire.smoke"));
        site.Ledger.Append(Entries.Evidence("fire.heat"));
        site.Ledger.Append(Entries.Incident());
        site.Ledger.Append(Entries.Incident("i2"));
        site.Ledger.Append(Entries.Entry(Entries.Alert()));
        site.Ledger.Append(Entries.Entry(Entries.Alert("a2", audience: Audience.ControlRoom, slug: null)));
        site.Ledger.Append(Entries.Action("ann"));
        await site.Notices.SaveAsync([SampleFeeds.Notice(site.Time.GetUtcNow()), SampleFeeds.Notice(site.Time.GetUtcNow()) with { Id = "nowhere", Areas = [] }], site.Time.GetUtcNow());
        await site.Services.GetRequiredService<IHomes>().ImportAsync("gw1");
        using var operators = site.WithToken(Roles.Operator);

        var answers = new List<(string, string, JsonElement)>();
        foreach (var (method, path, call, body) in Calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), call);
            request.Content = body switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, "text/csv"),
                _ => JsonContent.Create(body),
            };
            using var answer = await operators.SendAsync(request, TestContext.Current.CancellationToken);
            string[] place = ["paths", path, method, "responses", $"{(int)answer.StatusCode}", "content", answer.Content.Headers.ContentType!.MediaType!, "schema"];
            var value = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            answers.Add(($"{method} {call} ", Pointer(place), value));
            if (answer.IsSuccessStatusCode && body is not null and not string)
                answers.Add(($"{method} {call} body ", Pointer("paths", path, method, "requestBody", "content", "application/json", "schema"), JsonSerializer.SerializeToElement(body)));
        }

        var document = await site.Http.GetByteArrayAsync("/openapi.json", TestContext.Current.CancellationToken);
        Assert.Equal("", await DocumentSchemas.WrongInAsync(document, answers));
    }

    private static string Pointer(params string[] names) =>
        $"#/{string.Join('/', names.Select(name => Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))))}";
}
