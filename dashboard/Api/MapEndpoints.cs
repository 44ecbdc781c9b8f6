using System.Security.Cryptography;
using System.Text.Json;
using CivicSignals.Alerts;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Ledger;
using CivicSignals.Neighbourhoods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Public alerts and neighbourhoods as GeoJSON, for any map.</summary>
internal static class MapEndpoints
{
    private const int Most = 1000;

    public static void MapGeoJson(this IEndpointRouteBuilder app)
    {
        var maps = app.MapGroup("/api").RequireCors(PublicApi.Cors).WithTags("Public alerts");
        maps.MapMethods("/alerts.geojson", PublicApi.Methods, AlertsAsync)
            .WithSummary("Public alerts as GeoJSON")
            .WithDescription("The newest version of each, the last changed first. Places are public shapes, never homes.")
            .AsksText("bbox", "Only those in a box: west,south,east,north in degrees. West may exceed east.", @"^-?[0-9.]+(,-?[0-9.]+){3}$")
            .AsksTime("since", "Only those that have changed since.")
            .AsksFlag("active", "Only those that go on, or only those that have ended.")
            .AsksNumber("limit", 1, Most, "Most of them; 1,000 where absent.")
            .Produces<FeatureList<AlertProperties>>(StatusCodes.Status200OK, GeoJson.ContentType)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        maps.MapMethods("/neighbourhoods.geojson", PublicApi.Methods, Neighbourhoods)
            .WithSummary("Neighbourhoods as GeoJSON")
            .Produces<FeatureList<NeighbourhoodProperties>>(StatusCodes.Status200OK, GeoJson.ContentType)
            .Produces(StatusCodes.Status304NotModified);
    }

    private static async Task<IResult> AlertsAsync(
        HttpContext context, ILedgerReader ledger, NeighbourhoodMap map, PublicAddress address, CancellationToken cancellation)
    {
        var query = new QueryReader(context.Request.Query);
        var box = query.Box("bbox");
        var asked = new PublicAlertQuery(null, query.Time("since"), query.Flag("active"), (int)(query.Number("limit", 1, Most) ?? Most));
        if (query.Wrong is { } wrong)
            return Problems.BadRequest(wrong);
        var entries = await ledger.PublicAlertsAsync(asked, cancellation);
        var body = GeoJson.Collection(json =>
        {
            foreach (var entry in entries)
            {
                var alert = JsonSerializer.Deserialize(entry.Body.Span, LedgerJson.Lines.Alert)!;
                if (box is not { } bounds || bounds.Touches(alert.Lat, alert.Lon, alert.RadiusM))
                    Feature(json, entry, alert, map, path => address.Of(context.Request, path));
            }
        });
        return PublicApi.Answer(context, body, GeoJson.ContentType, PublicApi.State(entries));
    }

    /// <summary>The centre of the public circle as geometry; the alert's line as properties, with its neighbourhood's shape and addresses.</summary>
    private static void Feature(Utf8JsonWriter json, LedgerEntry entry, Alert alert, NeighbourhoodMap map, Func<string, string> address)
    {
        using var line = JsonDocument.Parse(entry.Body);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", alert.Id);
        json.WritePropertyName("geometry");
        GeoJson.Point(json, alert.Lat, alert.Lon);
        json.WriteStartObject("properties");
        foreach (var member in line.RootElement.EnumerateObject())
            member.WriteTo(json);
        json.WriteString("web", address($"/alerts/{alert.Id}"));
        json.WriteString("cap", address($"/alerts/{alert.Id}.cap"));
        if (alert.NeighbourhoodSlug is { } slug && map.BySlug(slug) is { } neighbourhood)
        {
            json.WritePropertyName("area");
            GeoJson.Shape(json, neighbourhood.Rings);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IResult Neighbourhoods(HttpContext context, NeighbourhoodMap map, PublicAddress address)
    {
        var body = GeoJson.Collection(json =>
        {
            foreach (var neighbourhood in map.All)
            {
                json.WriteStartObject();
                json.WriteString("type", "Feature");
                json.WriteString("id", neighbourhood.Slug);
                json.WritePropertyName("geometry");
                GeoJson.Shape(json, neighbourhood.Rings);
                json.WriteStartObject("properties");
                json.WriteString("name", neighbourhood.Name);
                json.WriteString("slug", neighbourhood.Slug);
                json.WriteString("web", address.Of(context.Request, $"/n/{neighbourhood.Slug}"));
                json.WriteString("feed", address.Of(context.Request, $"/n/{neighbourhood.Slug}/feed.atom"));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        });
        return PublicApi.Answer(context, body, GeoJson.ContentType, Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8)));
    }
}
