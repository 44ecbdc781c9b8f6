using CivicSignals.Dashboard.Access;
using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CivicSignals.Dashboard.Homes;

/// <summary>All homes, and each of them, for the operator.</summary>
internal static class OperatorRoutes
{
    public static void MapHomeOperations(this IEndpointRouteBuilder app)
    {
        var homes = app.MapGroup("/ops/homes").RequireAuthorization(Roles.Operator);
        homes.MapGet("", ListAsync).NeverKept();
        homes.MapGet("/{gateway}", HomeAsync).NeverKept();
        homes.MapPost("/{gateway}/credentials", CredentialsAsync).TakesForm();
    }

    private static async Task<RazorComponentResult<HomesPage>> ListAsync(
        string? find, string? show, string? after, IHomes homes, TimeProvider time, CancellationToken cancellation)
    {
        var text = find?.Trim() is { Length: > 0 and <= 64 } given ? given : null;
        var filter = Enum.TryParse<HomeFilter>(show, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : HomeFilter.All;
        var list = await HomeList.ReadAsync(homes, text, filter, after, time.GetUtcNow(), cancellation);
        return new(new { List = list, Text = text, Filter = filter, Strangers = homes.Strangers() });
    }

    private static async Task<IResult> HomeAsync(
        string gateway, string? did, HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation) =>
        await homes.FindAsync(gateway, cancellation) is { } home
            ? new RazorComponentResult<HomeRecordPage>(new { Home = home, Secrets = shown.Of(context, gateway), Said = Say(did) })
            : Missing.Page();

    private static async Task<IResult> CredentialsAsync(string gateway, HttpContext context, IHomes homes, ShownOnce shown, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        switch (form["do"].ToString())
        {
            case "revoke":
                return await homes.RevokeAsync(gateway, cancellation) ? Done("revoked") : Missing.Page();
            case "new-password":
                return await homes.RotateAsync(gateway, HomeCredential.Mqtt, cancellation) is { } secret
                    ? Show(new NewSecrets(gateway, secret, null))
                    : Missing.Page();
            case "new-key":
                return await homes.RotateAsync(gateway, HomeCredential.Resident, cancellation) is { } key
                    ? Show(new NewSecrets(gateway, null, key))
                    : Missing.Page();
            case "kept":
                ShownOnce.Forget(context);
                return Done(null);
            default:
                return Missing.Failure(StatusCodes.Status400BadRequest);
        }

        IResult Show(NewSecrets secrets)
        {
            shown.Put(context, secrets);
            return Done(null);
        }

        IResult Done(string? what) => TypedResults.LocalRedirect($"/ops/homes/{Uri.EscapeDataString(gateway)}{(what is null ? "" : $"?did={what}")}");
    }

    /// <summary>The sentence for what the address says was done, or null.</summary>
    private static string? Say(string? did) => did switch
    {
        "revoked" => "Revoked. Its connections are closed and new ones are refused.",
        _ => null,
    };
}
