using CivicSignals.Silo.Hosting;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Prints a bearer token for the control room's API, signed with the keys in the data folder.</summary>
/// <param name="register">Adds what <paramref name="issue"/> needs beyond the keys and the clock.</param>
/// <param name="issue">Makes a token from user and role.</param>
internal sealed class TokenVerb(Action<IServiceCollection> register, Func<IServiceProvider, string, string, string> issue) : IVerb
{
    private static readonly string[] Roles = ["control-room", "operator"];

    public string Name => "token";

    public string Usage => "--user NAME --role control-room|operator";

    public string Summary => "print a bearer token for the API";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments, "user", "role").WithoutOperands();
        if (parsed.Option("user") is not { Length: > 0 and <= 100 } user)
            throw new UsageException("token needs --user NAME, of at most 100 characters");
        if (parsed.Option("role") is not { } role || !Roles.Contains(role))
            throw new UsageException("token needs --role control-room or --role operator");

        var settings = new HostApplicationBuilderSettings { Args = parsed.Configuration, ContentRootPath = AppContext.BaseDirectory };
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddKeys();
        register(builder.Services);
        using var host = builder.Build();
        await output.WriteLineAsync(issue(host.Services, user, role));
        return 0;
    }
}
