using CivicSignals.Dashboard.Access;
using CivicSignals.Silo.Hosting;
using CivicSignals.Silo.Storage;
using CivicSignals.Silo.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Prints a bearer token for the API, signed with the platform's keys: those in the data folder, or in the database that silos share.</summary>
internal sealed class TokenVerb(TimeProvider time) : IVerb
{
    private static readonly string[] Known = [Roles.ControlRoom, Roles.Operator];

    public string Name => "token";

    public string Usage => "--user NAME --role control-room|operator";

    public string Summary => "print a bearer token for the API";

    public async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var parsed = Arguments.Parse(arguments, "user", "role").WithoutOperands();
        if (parsed.Option("user") is not { Length: > 0 and <= 100 } user)
            throw new UsageException("token needs --user NAME, of at most 100 characters");
        if (parsed.Option("role") is not { } role || !Known.Contains(role))
            throw new UsageException("token needs --role control-room or --role operator");

        // The same sources of configuration as when serving, so that both find the same keys.
        var settings = new HostApplicationBuilderSettings { Args = parsed.Configuration, ContentRootPath = AppContext.BaseDirectory };
        var builder = Host.CreateApplicationBuilder(settings);
        builder.AddSection<DataOptions>("Data", options => options.Problems());
        builder.AddSection<LedgerOptions>("Ledger", options => options.Problems());
        using var host = builder.Build();
        var database = host.Services.GetRequiredService<IOptions<LedgerOptions>>().Value.ConnectionString;
        await using var source = database.Length > 0 ? PostgresSource.Create(database) : null;
        var tokens = source is not null
            ? AccessTokens.Open(new PostgresKeys(source), time)
            : AccessTokens.Open(host.Services.GetRequiredService<IOptions<DataOptions>>().Value.Path, time);
        await output.WriteLineAsync(tokens.Issue(user, [role]));
        return 0;
    }
}
