using System.Security.Cryptography;
using CivicSignals.Duties;
using CivicSignals.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivicSignals.Dashboard.Access;

/// <summary>Makes the first user when there is none; a generated password is printed this once and kept only as a hash.</summary>
public sealed class FirstUser(
    IUserStore users, IOptions<AuthOptions> options, IDuties duties, [FromKeyedServices(FirstUser.Output)] TextWriter output, ILogger<FirstUser> logger) : IHostedService
{
    /// <summary>Key of the <see cref="TextWriter"/> that the generated password is printed to.</summary>
    public const string Output = "first-user";

    private const int Advised = 12;

    // Without the letters and digits that are taken for one another.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public Task StartAsync(CancellationToken cancellationToken) => duties.OnceAsync("first-user", MakeAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (await users.AnyAsync(cancellationToken))
            return;
        var name = options.Value.FirstUser is { Length: > 0 } wanted ? wanted : "admin";
        var given = options.Value.FirstPassword is { Length: > 0 } password ? password : null;
        if (given?.Length < Advised)
            logger.FirstPasswordShort(Advised);
        var chosen = given ?? RandomNumberGenerator.GetString(Alphabet, 20);
        await users.SaveAsync(new User(name, Passwords.Hash(chosen), [Roles.ControlRoom, Roles.Operator]), cancellationToken);
        if (given is null)
            await output.WriteLineAsync($"First user: {name}   password: {chosen}   (shown once; sign in at /sign-in)");
    }
}
