using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using CivicSignals.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Homes;

/// <summary>One home's pages for its people. Which home is said by their session alone, never by an address or a form.</summary>
internal static class ResidentRoutes
{
    // Each of a home's devices has a name of at most 150 characters and a room of at most 60, and any character may take 9 bytes in a form.
    private const int RoomsForm = HomeDevice.MostPerHome * 2048;

    public static void MapResident(this IEndpointRouteBuilder app)
    {
        var home = app.MapGroup("/home").RequireAuthorization(Roles.Resident);
        home.MapGet("", HomeAsync).NeverKept();
        home.MapGet("/connect", Connect).NeverKept();
        home.MapPost("/connect", Kept).TakesForm();
        home.MapPost("/password", (HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation) =>
            RotateAsync(context, homes, shown, HomeCredential.Mqtt, cancellation)).TakesForm();
        home.MapPost("/resident-key", (HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation) =>
            RotateAsync(context, homes, shown, HomeCredential.Resident, cancellation)).TakesForm();
        home.MapPost("/consents", ConsentAsync).TakesForm();
        home.MapPost("/rooms", RoomsAsync).TakesForm(RoomsForm);
        home.MapPost("/place", MoveAsync).TakesForm();
        home.MapGet("/everything.json", ExportAsync).NeverKept();
        home.MapGet("/erase", EraseForm).NeverKept();
        home.MapPost("/erase", EraseAsync).TakesForm();
        app.MapGet("/home/erased", (string? file) => new RazorComponentResult<ErasedPage>(new { StandsInFile = file is not null }))
            .AllowAnonymous().NeverKept();
    }

    private static async Task<IResult> HomeAsync(HttpContext context, string? did, IHomes homes, CancellationToken cancellation) =>
        await homes.FindAsync(Residents.HomeOf(context), cancellation) is { } home
            ? new RazorComponentResult<ResidentPage>(new { Home = home, Said = Say(did) })
            : Missing.Page();

    private static RazorComponentResult<ConnectPage> Connect(HttpContext context, ShownOnce shown, GatewayAddresses addresses)
    {
        var gateway = Residents.HomeOf(context);
        return new(new { Gateway = gateway, Secrets = shown.Of(context, gateway), Address = addresses.For(context.Request) });
    }

    private static RedirectHttpResult Kept(HttpContext context)
    {
        ShownOnce.Forget(context);
        return TypedResults.LocalRedirect("/home");
    }

    private static async Task<IResult> RotateAsync(
        HttpContext context, IHomes homes, ShownOnce shown, HomeCredential credential, CancellationToken cancellation)
    {
        var gateway = Residents.HomeOf(context);
        if (await homes.RotateAsync(gateway, credential, cancellation) is not { } secret)
            return Missing.Page();
        var isMqtt = credential == HomeCredential.Mqtt;
        if (!isMqtt && await homes.FindAsync(gateway, cancellation) is { } home)
            await Residents.SignInAsync(context, home); // Every other session has ended; this one goes on.
        shown.Put(context, new NewSecrets(gateway, isMqtt ? secret : null, isMqtt ? null : secret));
        return TypedResults.LocalRedirect("/home/connect");
    }

    private static async Task<IResult> ConsentAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var purpose = ServiceNames.Parse(form["purpose"]);
        if (purpose == Consents.None || form["do"].ToString() is not ("give" or "withdraw"))
            return Missing.Failure(StatusCodes.Status400BadRequest);
        var gives = form["do"] == "give";
        var gateway = Residents.HomeOf(context);
        if (await homes.FindAsync(gateway, cancellation) is not { } home
            || await homes.ConsentAsync(gateway, gives ? home.Consents | purpose : home.Consents & ~purpose, cancellation) is null)
        {
            return Missing.Page();
        }

        return Done(gives ? "gave" : "withdrew", "consents");
    }

    private static async Task<IResult> RoomsAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (devices, rooms) = (form["device"], form["room"]);
        if (devices.Count != rooms.Count || rooms.Any(room => room!.Trim().Length > HomeDevice.LongestRoom))
            return Missing.Failure(StatusCodes.Status400BadRequest);
        var gateway = Residents.HomeOf(context);
        if (await homes.FindAsync(gateway, cancellation) is not { } home)
            return Missing.Page();
        var known = home.Devices.ToDictionary(device => device.Sighting.Id, device => device.Room ?? "");
        foreach (var (device, room) in devices.Zip(rooms))
        {
            if (known.TryGetValue(device!, out var before) && before != room!.Trim())
                await homes.NameRoomAsync(gateway, device!, room, cancellation);
        }

        return Done("rooms", "devices");
    }

    private static async Task<IResult> MoveAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        if (HomeForm.Read(await context.Request.ReadFormAsync(cancellation)).Place is not { } place)
            return Done("no-place", "place");
        return await homes.MoveAsync(Residents.HomeOf(context), place, cancellation) is null ? Missing.Page() : Done("moved", "place");
    }

    private static async Task<IResult> ExportAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        var gateway = Residents.HomeOf(context);
        return await homes.ExportAsync(gateway, cancellation) is { } export
            ? TypedResults.Bytes(export, "application/json", $"{gateway}.json")
            : Missing.Page();
    }

    private static RazorComponentResult<ErasePage> EraseForm(HttpContext context, string? unsure) =>
        new(new { Gateway = Residents.HomeOf(context), IsUnsure = unsure is not null });

    private static async Task<IResult> EraseAsync(HttpContext context, IHomes homes, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        if (form["sure"] != "yes")
            return TypedResults.LocalRedirect("/home/erase?unsure=1");
        if (await homes.EraseAsync(Residents.HomeOf(context), cancellation) is not { } report)
            return Missing.Page();
        ShownOnce.Forget(context);
        await Residents.SignOutAsync(context);
        return TypedResults.LocalRedirect(report.StandsInFile ? "/home/erased?file=1" : "/home/erased");
    }

    private static RedirectHttpResult Done(string what, string part) => TypedResults.LocalRedirect($"/home?did={what}#{part}");

    /// <summary>The sentence for what the address says was done, or null.</summary>
    private static string? Say(string? did) => did switch
    {
        "gave" => "Thank you. Your consent counts from now on.",
        "withdrew" => "Withdrawn. It counts at once, also for anything that is happening now.",
        "rooms" => "The rooms are saved.",
        "moved" => "The place of your home is changed.",
        "no-place" => HomeForm.PlaceProblem + " Nothing was changed.",
        _ => null,
    };
}
