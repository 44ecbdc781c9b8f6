using System.Security.Cryptography;
using System.Text.Json;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Neighbourhoods;
using CivicSignals.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Official alerts of others as GeoJSON, apart from our own.</summary>
internal static class NoticeEndpoints
{
    private const int Most = 1000;

    public static void MapNotices(this IEndpointRouteBuilder app) =>
        app.MapMethods("/api/notices.geojson", PublicApi.Methods, NoticesAsync).RequireCors(PublicApi.Cors)
            .WithTags("Public alerts")
            .WithSummary("Official notices of others as GeoJSON")
            .WithDescription("Alerts that other organisations issued and that are in force, as they issued them, the last sent first. They are not ours.")
            .AsksText("bbox", "Only those in a box: west,south,east,north in degrees. West may exceed east.", @"^-?[0-9.]+(,-?[0-9.]+){3}$")
            .AsksNumber("limit", 1, Most, "Most of them; 1,000 where absent.")
            .Produces<NoticeFeatures>(StatusCodes.Status200OK, GeoJson.ContentType)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> NoticesAsync(HttpContext context, INotices notices, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new QueryReader(context.Request.Query);
        var box = query.Box("bbox");
        var limit = (int)(query.Number("limit", 1, Most) ?? Most);
        if (query.Wrong is { } wrong)
            return Problems.BadRequest(wrong);
        var found = await notices.CurrentAsync(Bounds(box), clock.GetUtcNow(), limit, cancellation);
        var body = GeoJson.Collection(json =>
        {
            foreach (var notice in found.Where(notice => box is not { } asked || Touches(asked, notice)))
                Feature(json, notice);
        });
        return PublicApi.Answer(context, body, GeoJson.ContentType, Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8)));
    }

    /// <summary>What the store is asked for: all around the globe where the box spans the antimeridian.</summary>
    private static (double South, double West, double North, double East)? Bounds(BoundingBox? box) =>
        box is not { } b ? null : b.West <= b.East ? (b.South, b.West, b.North, b.East) : (b.South, -180, b.North, 180);

    private static bool Touches(BoundingBox box, Notice notice)
    {
        var (_, west, _, east) = Ring.Bounds(notice.Areas);
        return box.West <= box.East || east >= box.West || west <= box.East;
    }

    private static void Feature(Utf8JsonWriter json, Notice notice)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", notice.Id);
        json.WritePropertyName("geometry");
        if (notice.Areas.Count > 0)
            GeoJson.Shape(json, notice.Areas);
        else
            json.WriteNullValue();
        json.WritePropertyName("properties");
        JsonSerializer.Serialize(json, NoticeProperties.Of(notice), JsonSerializerOptions.Web);
        json.WriteEndObject();
    }
}
