using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CivicSignals.Dashboard.Homes;

/// <summary>New secrets on their way to the page that shows them.</summary>
/// <param name="Gateway">Whose.</param>
/// <param name="MqttSecret">The gateway's new password, or null.</param>
/// <param name="ResidentKey">The new key of its people, or null.</param>
public sealed record NewSecrets(string Gateway, string? MqttSecret, string? ResidentKey);

/// <summary>
/// Carries secrets over the redirect after a form, sealed, in a cookie that scripts cannot read: never in an address, never kept here. A phone that
/// loads the page again still shows them, until the person says that they are kept, and for half an hour at most.
/// </summary>
internal sealed class ShownOnce(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Cookie = "civic-new-secrets";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _seal = protection.CreateProtector("civic-signals.shown-once.v1");

    public void Put(HttpContext context, NewSecrets secrets)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Sealed(secrets, time.GetUtcNow() + Longest));
        context.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(_seal.Protect(body)), Options(context, Longest));
    }

    /// <summary>The secrets of that gateway that are to be shown now, or null.</summary>
    public NewSecrets? Of(HttpContext context, string gateway)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
            return null;
        try
        {
            var found = JsonSerializer.Deserialize<Sealed>(_seal.Unprotect(WebEncoders.Base64UrlDecode(cookie)))!;
            return found.Until > time.GetUtcNow() && found.Secrets.Gateway == gateway ? found.Secrets : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null; // Not ours, or sealed with keys that are gone.
        }
    }

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };

    private sealed record Sealed(NewSecrets Secrets, DateTimeOffset Until);
}
