using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Documents;
using CivicSignals.Homes;
using CivicSignals.Learning;
using CivicSignals.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Api;

/// <summary>Homes as JSON: all of them for operators, each for its people.</summary>
internal static class HomeEndpoints
{
    private const int Most = 1000;

    public static void MapHomes(this IEndpointRouteBuilder app)
    {
        var homes = app.MapGroup("/api/homes").RequireAuthorization(Roles.Operator).AddEndpointFilter(ChangeGuard.CheckAsync).WithTags("Homes");
        homes.MapGet("", ListAsync)
            .WithSummary("Homes and unclaimed gateways, by name, without their devices")
            .AsksText("find", "Only those whose gateway or premises contains it, without case.")
            .AsksFlag("claimed", "Only claimed ones, or only unclaimed ones.")
            .AsksText("after", "Only those after this gateway: the last of the page before.")
            .AsksNumber("limit", 1, Most, "Most on a page; 100 where absent.")
            .Produces<IReadOnlyList<Home>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        homes.MapGet("/strangers", (IHomes registry) => HomeAnswers.Of(registry.Strangers(), HomeJson.Lines.IReadOnlyListStranger))
            .WithSummary("Names that were heard and nobody has registered")
            .Produces<IReadOnlyList<Stranger>>();
        homes.MapPost("/import", ImportAsync)
            .WithSummary("Register what is new in a list")
            .WithDescription("At most 4 MiB and 10,000 lines. A wrong line keeps no other out; what is known is left as people set it.")
            .Takes<HomeList>()
            .TakesTextToo("text/csv", "RFC 4180 with a header: gateway, and id,secret,lat,lon,uncertaintyM,kind,consents where wanted; consents separated by blanks.")
            .Produces<ImportReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        MapOne(homes.MapGroup("/{gateway}").AsksPath("gateway", "The home's name: that of its gateway."));
        MapOne(app.MapGroup("/api/home").RequireAuthorization(Roles.Resident).AddEndpointFilter(ChangeGuard.CheckAsync).WithTags("One home"));
    }

    private static void MapOne(RouteGroupBuilder home)
    {
        home.ProducesProblem(StatusCodes.Status404NotFound);
        home.MapGet("", async (HttpContext context, IHomes homes, CancellationToken cancellation) =>
            HomeAnswers.Of(await homes.FindAsync(Gateway(context), cancellation)))
            .WithSummary("A home and its devices")
            .Produces<Home>();
        home.MapGet("/export", ExportAsync)
            .WithSummary("Everything that is held about a home, to keep")
            .Produces<HomeExport>();
        home.MapGet("/false-calls", FalseCallsAsync)
            .WithSummary("What a home's false calls have led to")
            .Produces<FalseCallList>();
        home.MapDelete("", EraseAsync)
            .WithSummary("Forget a home")
            .WithDescription("Answered when nothing on disk names it. After a failure: do it again.")
            .Produces<ErasureReport>();
        home.MapDelete("/credentials", async (HttpContext context, IHomes homes, CancellationToken cancellation) =>
            await homes.RevokeAsync(Gateway(context), cancellation) ? TypedResults.NoContent() : HomeAnswers.NoHome)
            .WithSummary("Revoke the gateway's MQTT credential")
            .WithDescription("Acts at once, on open connections too.")
            .Produces(StatusCodes.Status204NoContent);
        MapChanges(home.MapGroup("").ProducesProblem(StatusCodes.Status400BadRequest));
    }

    private static void MapChanges(RouteGroupBuilder home)
    {
        home.MapPut("/consents", ConsentAsync)
            .WithSummary("Set what a home consents to")
            .WithDescription("Acts at once, on open incidents too: an audience that may no longer know is sent a last version of what it was told.")
            .Takes<ConsentsBody>()
            .Produces<Home>();
        home.MapPut("/place", MoveAsync)
            .WithSummary("Move a home")
            .Takes<PlaceBody>()
            .Produces<Home>();
        home.MapPut("/rooms", NameRoomAsync)
            .WithSummary("Say which room a device is in")
            .Takes<RoomBody>()
            .Produces(StatusCodes.Status204NoContent);
        home.MapPost("/credentials", RotateAsync)
            .WithSummary("Replace one of a home's secrets")
            .WithDescription("The old one ends at once. The new one is shown this once.")
            .Takes<CredentialBody>()
            .Produces<NewSecret>();
    }

    /// <summary>The home that is asked for; a home's people can ask for theirs only.</summary>
    private static string Gateway(HttpContext context) => context.GetRouteValue("gateway") as string ?? Residents.HomeOf(context);

    private static async Task<IResult> FalseCallsAsync(HttpContext context, IHomes homes, IFalseCalls calls, CancellationToken cancellation) =>
        await homes.FindAsync(Gateway(context), cancellation) is { } home
            ? HomeAnswers.Of(new FalseCallList(home.Premises is null ? [] : await calls.OfPremisesAsync(home.Premises, cancellation)), LedgerJson.Lines.FalseCallList)
            : HomeAnswers.NoHome;

    private static bool IsResident(HttpContext context) => context.User.Identity?.AuthenticationType == Residents.Scheme;

    private static async Task<IResult> ListAsync(HttpRequest request, IHomes homes, CancellationToken cancellation)
    {
        var query = new QueryReader(request.Query);
        var asked = new HomeQuery(Text("find"), query.Flag("claimed"), Text("after"), (int)(query.Number("limit", 1, Most) ?? 100));
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
        await JsonBody.ReadAsync<PlaceBody>(context.Request, cancellation) is { Place: { IsValid: true } place }
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
        return TypedResults.Json(new NewSecret(gateway, secret));
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
