using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CivicSignals.Dashboard.Access;
using CivicSignals.Ledger;
using CivicSignals.Silo.Hosting;
using CivicSignals.Tests.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Silo.Storage;

/// <summary>A resident reports a fire and is forgotten: through the platform as it runs, looked for in the bytes of every file.</summary>
public sealed class ReporterErasureTests
{
    [Fact]
    public async Task Delete_ReporterOfAnOpenIncident_LeavesNoByteOfThePseudonymAndTheIncident()
    {
        await using var platform = await RunningPlatform.StartAsync();
        var reported = await platform.Http.PostAsJsonAsync("/api/reports", new { kind = "fire", says = "seen", lat = 53.046613, lon = -2.992517 });
        Assert.Equal(HttpStatusCode.Accepted, reported.StatusCode);
        var (incident, reporter) = await ReporterAsync(platform);
        Assert.NotEmpty(Found(platform, reporter));
        Assert.Equal(HttpStatusCode.Unauthorized, (await platform.Http.DeleteAsync($"/api/reporters/{reporter}")).StatusCode);

        platform.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", platform.App.Services.GetRequiredService<AccessTokens>().Issue("ann", [Roles.Operator], TimeSpan.FromHours(1)));
        var erased = await platform.Http.DeleteAsync($"/api/reporters/{reporter}");

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Empty(Found(platform, reporter));
        Assert.NotEmpty(await platform.App.Services.GetRequiredService<ILedgerReader>().IncidentAsync(incident, default));
        Assert.Equal(HttpStatusCode.BadRequest, (await platform.Http.DeleteAsync("/api/reporters/not%20a%20name")).StatusCode);
    }

    private static async Task<(string Incident, string Reporter)> ReporterAsync(RunningPlatform platform)
    {
        var entries = await platform.App.Services.GetRequiredService<ILedgerReader>().ReadAsync(0, TailScope.Everything, 10, default);
        var body = Encoding.UTF8.GetString(entries[0].Body.Span);
        const string Root = "\"reports/";
        var start = body.IndexOf(Root, StringComparison.Ordinal) + Root.Length;
        return (entries[0].Incident, body[start..body.IndexOf('"', start)]);
    }

    private static List<string> Found(RunningPlatform platform, string name)
    {
        var folder = platform.App.Services.GetRequiredService<IOptions<DataOptions>>().Value.Path;
        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").Where(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0;
        })];
    }
}
