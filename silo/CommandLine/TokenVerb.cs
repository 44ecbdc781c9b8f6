using CivicSignals.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace CivicSignals.Silo.CommandLine;

/// <summary>Prints a bearer token for the API, signed with the keys in the data folder.</summary>
/// <param name="issue">Makes a token from the data folder's path, user and role.</param>
internal sealed class TokenVerb(Func<string, string, string, string> issue) : IVerb
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

        // The same sources of configuration as when serving, so that both find the same folder.
        var settings = new HostApplicationBuilderSettings { Args = parsed.Configuration, ContentRootPath = AppContext.BaseDirectory };
        var builder = Host.CreateApplicationBuilder(settings);
        builder.AddSection<DataOptions>("Data", options => options.Problems());
        using var host = builder.Build();
        var data = host.Services.GetRequiredService<IOptions<DataOptions>>().Value.Path;
        await output.WriteLineAsync(issue(data, user, role));
        return 0;
    }
}
