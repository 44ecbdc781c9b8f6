using CivicSignals.Dashboard.Access;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Api;

/// <summary>Homes as JSON: all of them for operators, each for its people.</summary>
internal static class HomeEndpoints
{
    public static void MapHomes(this IEndpointRouteBuilder app)
    {
        var homes = app.MapGroup("/api/homes").RequireAuthorization(Roles.Operator).AddEndpointFilter(GuardAsync);
        homes.MapGet("", ListAsync);
        homes.MapGet("/strangers", (IHomes registry) => HomeAnswers.Of(registry.Strangers(), HomeJson.Lines.IReadOnlyListStranger));
        homes.MapPost("/import", ImportAsync);
        MapOne(homes.MapGroup("/{gateway}"));
        MapOne(app.MapGroup("/api/home").RequireAuthorization(Roles.Resident).AddEndpointFilter(GuardAsync));
    }

    private static void MapOne(RouteGroupBuilder home)
    {
        home.MapGet("", async (HttpContext context, IHomes homes, CancellationToken cancellation) =>
            HomeAnswers.Of(await homes.FindAsync(Gateway(context), cancellation)));
        home.MapGet("/export", ExportAsync);
        home.MapPut("/consents", ConsentAsync);
        home.MapPut("/place", MoveAsync);
        home.MapPut("/rooms", NameRoomAsync);
        home.MapPost("/credentials", RotateAsync);
        home.MapDelete("/credentials", async (HttpContext context, IHomes homes, CancellationToken cancellation) =>
            await homes.RevokeAsync(Gateway(context), cancellation) ? TypedResults.NoContent() : HomeAnswers.NoHome);
        home.MapDelete("", EraseAsync);
    }

    /// <summary>The home that is asked for; a home's people can ask for theirs only.</summary>
    private static string Gateway(HttpContext context) => context.GetRouteValue("gateway") as string ?? Residents.HomeOf(context);

    private static bool IsResident(HttpContext context) => context.User.Identity?.AuthenticationType == Residents.Scheme;

    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        // A bearer token is never sent by a browser on its own; a cookie is.
        if (!HttpMethods.IsGet(context.Request.Method) && context.User.Identity?.AuthenticationType != BearerScheme.Name
            && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            return Problems.BadRequest("The antiforgery token is missing or does not belong to this session.");
        }

        return await next(call);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IHomes homes, CancellationToken cancellation)
    {
        var query = new QueryReader(request.Query);
        var asked = new HomeQuery(Text("find"), query.Flag("claimed"), Text("after"), (int)(query.Number("limit", 1, 1000) ?? 100));
        return query.Wrong is { } wrong
            ? Problems.BadRequest(wrong)
            : HomeAnswers.Of(await homes.ListAsync(asked, cancellation), HomeJson.Lines.IReadOnlyListHome);

        string? Text(string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, IHomes homes, CancellationToken cancellation)
    {
        var isCsv = request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        if (!isCsv && !request.HasJsonContentType())
            return Problems.BadRequest("The body must be text/csv or application/json.");
        if (await JsonBody.BytesAsync(request, ImportReport.MostBytes, cancellation) is not { } body)
            return Problems.BadRequest("The body is larger than 4 MiB.");
        var report = await homes.ImportAsync(body, isCsv ? ImportFormat.Csv : ImportFormat.Json, cancellation);
        return report.Problem is { } problem ? Problems.BadRequest($"Nothing was imported: {problem}.") : HomeAnswers.Of(report, HomeJson.Lines.ImportReport);
    }

    private static async Task<IResult> ConsentAsync(HttpContext context, IHomes homes, CancellationToken cancellation) =>
        await JsonBody.ReadAsync<ConsentsBody>(context.Request, cancellation) is { Consents: { } consents }
            ? HomeAnswers.Of(await homes.ConsentAsync(Gateway(context), consents, cancellation))
            : Problems.BadRequest("""The body must be {"consents":[…]}, of fire, police, ambulance, highways, council, public and prevention.""");

    private static async Task<IResult> MoveAsync(HttpContext context, IHomes homes, CancellationToken cancellation) =>
        await JsonBody.ReadAsync<DraftBody>(context.Request, cancellation) is { Place: { IsValid: true } place }
            ? HomeAnswers.Of(await homes.MoveAsync(Gateway(context), place, cancellation))
            : Problems.BadRequest("""The body must be {"lat":…,"lon":…} with a place on the map.""");

    private static async Task<IResult> NameRoomAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<RoomBody>(context.Request, cancellation) is not { Device: { } device } asked || asked.Room?.Length > HomeDevice.LongestRoom)
            return Problems.BadRequest("""The body must be {"device":"…","room":"…"}; a room has at most 60 characters.""");
        return await homes.NameRoomAsync(Gateway(context), device, asked.Room, cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound("The home has no such device.");
    }

    private static async Task<IResult> RotateAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (await JsonBody.ReadAsync<CredentialBody>(context.Request, cancellation) is not { Credential: { } credential })
            return Problems.BadRequest("""The body must be {"credential":"mqtt"} or {"credential":"resident"}.""");
        var gateway = Gateway(context);
        if (await homes.RotateAsync(gateway, credential, cancellation) is not { } secret)
            return HomeAnswers.NoHome;
        if (credential == HomeCredential.Resident && IsResident(context) && await homes.FindAsync(gateway, cancellation) is { } home)
            await Residents.SignInAsync(context, home); // Other sessions have ended; the one that asked goes on.
        return TypedResults.Json(new { gateway, secret });
    }

    private static async Task<IResult> ExportAsync(HttpContext context, IHomes homes, CancellationToken cancellation) =>
        await homes.ExportAsync(Gateway(context), cancellation) is { } export
            ? TypedResults.Bytes(export, "application/json", "home.json")
            : HomeAnswers.NoHome;

    private static async Task<IResult> EraseAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (await homes.EraseAsync(Gateway(context), cancellation) is not { } report)
            return HomeAnswers.NoHome;
        if (IsResident(context))
            await Residents.SignOutAsync(context);
        return HomeAnswers.Of(report, HomeJson.Lines.ErasureReport);
    }
}
