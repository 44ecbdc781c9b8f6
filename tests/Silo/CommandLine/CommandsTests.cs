using System.Text.Json;
using CivicSignals.Dashboard.Access;
using CivicSignals.Silo.CommandLine;

namespace CivicSignals.Tests.Silo.CommandLine;

public sealed class CommandsTests
{
    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Help_NamesEveryVerbAndSetting(string word)
    {
        var (code, output, _) = await RunAsync(word);

        Assert.Equal(0, code);
        Assert.Contains("token --user NAME --role control-room|operator", output, StringComparison.Ordinal);
        Assert.All(Setting.All, setting => Assert.Contains($"--{setting.Key} ", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unknown verb 'fly'; 'dotnet run --project silo -- help' lists all", "fly")]
    [InlineData("unknown option --Http:Prot; 'help' lists all", "--Http:Prot", "80")]
    [InlineData("unknown option --speed; 'help' lists all", "--speed=9")]
    [InlineData("option --Http:Port needs a value", "--Http:Port")]
    [InlineData("'now' is neither a verb nor an option; 'help' lists all", "--Http:Port", "1", "now")]
    [InlineData("token needs --user NAME, of at most 100 characters", "token", "--role", "operator")]
    [InlineData("token needs --role control-room or --role operator", "token", "--user", "ann", "--role", "king")]
    public async Task Run_SenselessArguments_ExitsWithTwoAndOneLine(string line, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal(line + Environment.NewLine, errors);
        Assert.Equal(2, code);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Token_UserAndRole_PrintsWhatIsIssued()
    {
        var folder = Directory.CreateTempSubdirectory("keys-").FullName;
        var (code, output, _) = await RunAsync("token", "--user", "ann", "--role=operator", "--Data:Path", folder);

        Assert.Equal(0, code);
        var holder = AccessTokens.Open(folder, TimeProvider.System).Validate(output.Trim());
        Directory.Delete(folder, recursive: true);
        Assert.Equal(("ann", true), (holder?.Identity?.Name, holder?.IsInRole(Roles.Operator)));
    }

    [Theory]
    [InlineData("Deliveries:Mastodon:0:Url", true)]
    [InlineData("Deliveries:Mastodon:12:AccessToken", true)]
    [InlineData("Deliveries:Mastodon:x:Url", false)]
    [InlineData("Http:0", false)]
    public void IsKnown_KeyOfAList_IsKnownByAnyNumber(string key, bool known) => Assert.Equal(known, Setting.IsKnown(key));

    [Fact]
    public void Settings_File_HoldsOnlyKnownKeys()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json")), options);

        var keys = settings.RootElement.EnumerateObject()
            .Where(section => section.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(section => section.Value.EnumerateObject().Select(value => $"{section.Name}:{value.Name}"));

        Assert.All(keys, key => Assert.True(Setting.IsKnown(key), key));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var token = new TokenVerb(TimeProvider.System);
        var code = await new Commands(new ServeVerb(), token).RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
