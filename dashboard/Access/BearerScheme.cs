using System.Text.Encodings.Web;
using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Access;

/// <summary>Authenticates by <c>Authorization: Bearer</c> and an access token.</summary>
internal sealed class BearerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Bearer";
    private const string Prefix = "Bearer ";

    /// <summary>Whether the request brings a token.</summary>
    public static bool IsUsedBy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request))
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(tokens.Read(Request.Headers.Authorization.ToString()[Prefix.Length..].Trim()) is { } token
            ? AuthenticateResult.Success(new AuthenticationTicket(token.Holder, new AuthenticationProperties { ExpiresUtc = token.Until }, Name))
            : AuthenticateResult.Fail("The token is not valid."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problems.Of(StatusCodes.Status401Unauthorized, "The token is not valid or has ended.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(StatusCodes.Status403Forbidden, "The token's role does not allow this.").ExecuteAsync(Context);
}
