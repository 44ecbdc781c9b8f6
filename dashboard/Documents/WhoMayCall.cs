using CivicSignals.Dashboard.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CivicSignals.Dashboard.Documents;

/// <summary>Says of each operation who may call it: read off the very policies that let callers in.</summary>
internal static class WhoMayCall
{
    private const string Bearer = "bearer";
    private const string Session = "session";
    private const string Resident = "resident";
    private const string Gateway = "gateway";

    /// <summary>The ways to sign in. The gateway's own is for ingest's endpoints.</summary>
    public static void AddSchemes(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A program's token, printed by the command line's `token` verb with a role: `control-room` or `operator`.",
            },
            [Session] = Cookie(AccessServices.StaffCookie, "The session of someone who signed in at `/sign-in`."),
            [Resident] = Cookie(Residents.Cookie, "The session of a home's people, from `/api/home/sign-in`."),
            [Gateway] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "A gateway's name and its MQTT secret.",
            },
        };
    }

    public static void Tell(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var policy = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var (who, schemes) = policy switch
        {
            null => ("everyone", Array.Empty<string>()),
            Roles.ControlRoom => ("control rooms and operators", [Bearer, Session]),
            Roles.Operator => ("operators", [Bearer, Session]),
            Roles.Resident => ("the home's people", [Resident]),
            _ => throw new InvalidOperationException($"Policy {policy} has no words in the OpenAPI document."),
        };
        operation.Description = string.Join("\n\n", new[] { operation.Description, $"For {who}." }.Where(text => text is { Length: > 0 }));
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
        Refuse(StatusCodes.Status503ServiceUnavailable, "The record cannot be read or written now. Try again after `Retry-After` seconds.");
        if (policy is null)
            return;

        Refuse(StatusCodes.Status401Unauthorized, "Nobody is signed in, or no longer.");
        Refuse(StatusCodes.Status403Forbidden, "The role does not allow this.");
        if (!HttpMethods.IsGet(context.Description.HttpMethod!))
            AskForFormToken(operation);

        void Refuse(int status, string why) => (operation.Responses ??= []).TryAdd(
            status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            new OpenApiResponse
            {
                Description = why,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", context.Document) },
                },
            });
    }

    private static void AskForFormToken(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = "RequestVerificationToken",
        In = ParameterLocation.Header,
        Description = "With a cookie: the antiforgery token of its session's pages. Not with a bearer token.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private static OpenApiSecurityScheme Cookie(string name, string description) => new()
    {
        Type = SecuritySchemeType.ApiKey,
        In = ParameterLocation.Cookie,
        Name = name,
        Description = description,
    };
}
