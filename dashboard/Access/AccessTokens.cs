using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace CivicSignals.Dashboard.Access;

/// <summary>Bearer tokens for programs: a name, roles and an end, sealed with the keys of the data folder.</summary>
public sealed class AccessTokens(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a token is good for unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(30);

    private readonly IDataProtector _seal = protection.CreateProtector("civic-signals.access-token.v1");

    /// <summary>For another process on the same data folder, such as the command line.</summary>
    /// <param name="dataPath">As <c>Data:Path</c>.</param>
    /// <param name="time">The clock.</param>
    public static AccessTokens Open(string dataPath, TimeProvider time) =>
        new(DataProtectionProvider.Create(KeyFolder.In(dataPath), KeyFolder.Named), time);

    /// <summary>For another process with the same keys, such as the command line beside silos that share a database.</summary>
    /// <param name="keys">Where they are kept.</param>
    /// <param name="time">The clock.</param>
    public static AccessTokens Open(IXmlRepository keys, TimeProvider time)
    {
        var services = new ServiceCollection();
        KeyFolder.Named(services.AddDataProtection());
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        return new(services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>(), time);
    }

    /// <summary>A token: letters, digits, <c>-</c> and <c>_</c>.</summary>
    /// <param name="name">Who acts with it, 1..100 characters.</param>
    /// <param name="roles">Of <see cref="Roles"/>, at least one.</param>
    /// <param name="lifetime">How long it is good for; null: <see cref="DefaultLifetime"/>.</param>
    /// <exception cref="ArgumentException">The name or a role is not such.</exception>
    public string Issue(string name, IReadOnlyList<string> roles, TimeSpan? lifetime = null)
    {
        if (name.Length is 0 or > 100)
            throw new ArgumentException("a name has 1..100 characters", nameof(name));
        if (roles.Count == 0 || roles.Any(role => role is not (Roles.ControlRoom or Roles.Operator)))
            throw new ArgumentException($"a role is {Roles.ControlRoom} or {Roles.Operator}", nameof(roles));
        var ticket = new Ticket(name, roles, (time.GetUtcNow() + (lifetime ?? DefaultLifetime)).ToUnixTimeSeconds());
        return Base64Url.EncodeToString(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)));
    }

    /// <summary>Who holds the token, or null when it is not ours, was changed or has ended.</summary>
    public ClaimsPrincipal? Validate(string token) => Read(token)?.Holder;

    /// <summary>As <see cref="Validate"/>, with the moment at which the token ends.</summary>
    internal (ClaimsPrincipal Holder, DateTimeOffset Until)? Read(string token)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(_seal.Unprotect(Base64Url.DecodeFromChars(token)))!;
            var until = DateTimeOffset.FromUnixTimeSeconds(ticket.Until);
            return until > time.GetUtcNow() ? (new ClaimsPrincipal(Identity(ticket.Name, ticket.Roles, BearerScheme.Name)), until) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    internal static ClaimsIdentity Identity(string name, IReadOnlyList<string> roles, string scheme) =>
        new([new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], scheme);

    private sealed record Ticket(string Name, IReadOnlyList<string> Roles, long Until);
}
