using CivicSignals.Dashboard.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Access;

/// <summary>Who may do what: cookies for people, tokens for programs, two roles.</summary>
internal static class AccessServices
{
    /// <summary>Name of the cookie that holds a staff session.</summary>
    public const string StaffCookie = "civic-session";

    private const string Either = "bearer-or-cookie";

    // A long shift; it starts anew with use.
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().BindConfiguration("Auth")
            .Validate(auth => auth.FirstUser is not { Length: > 100 }, "Auth:FirstUser must have at most 100 characters")
            .Validate(auth => auth.FirstPassword is not { Length: > Passwords.Longest }, "Auth:FirstPassword must have at most 1,000 characters")
            .ValidateOnStart();
        services.TryAddKeyedSingleton(FirstUser.Output, Console.Out);
        services.AddHostedService<FirstUser>();
        services.AddSingleton<Passwords>().AddSingleton<SignInThrottle>().AddSingleton<AccessTokens>();

        KeyFolder.Named(services.AddDataProtection());
        // When the keys are first needed: by then the host has checked where its data are to be.
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((keys, configuration, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(KeyFolder.In(configuration), loggers));
        services.AddAntiforgery(forgery => Harden(forgery.Cookie, "civic-form"));
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = context =>
                BearerScheme.IsUsedBy(context.Request) ? BearerScheme.Name : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerScheme>(BearerScheme.Name, null)
            .AddCookie(Configure)
            .AddCookie(Residents.Scheme, Residents.Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.ControlRoom, policy => policy.RequireRole(Roles.ControlRoom, Roles.Operator))
            .AddPolicy(Roles.Operator, policy => policy.RequireRole(Roles.Operator))
            .AddPolicy(Roles.Resident, policy => policy.AddAuthenticationSchemes(Residents.Scheme).RequireRole(Roles.Resident));
        services.AddSignUpLimit();
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        Configure(options, StaffCookie, Session, "/sign-in");
    }

    /// <summary>A session in a cookie: people are sent to sign in, programs are told.</summary>
    public static void Configure(CookieAuthenticationOptions options, string name, TimeSpan session, string signIn)
    {
        Harden(options.Cookie, name);
        options.ExpireTimeSpan = session;
        options.LoginPath = signIn;
        options.ReturnUrlParameter = "returnUrl";
        var redirect = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = context =>
            IsApi(context.Request) ? Refuse(context.HttpContext, StatusCodes.Status401Unauthorized, "Sign in, or send a bearer token.") : redirect(context);
        options.Events.OnRedirectToAccessDenied = context =>
        {
            // A page's refusal has no body here: the pages have one of their own.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return IsApi(context.Request) ? Refuse(context.HttpContext, StatusCodes.Status403Forbidden, "Your role does not allow this.") : Task.CompletedTask;
        };
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");

    private static Task Refuse(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(status, detail).ExecuteAsync(context);
    }
}
