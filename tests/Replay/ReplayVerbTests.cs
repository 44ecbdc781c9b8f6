using CivicSignals.Silo.CommandLine;
using CivicSignals.Silo.Replay;

namespace CivicSignals.Tests.Replay;

public sealed class ReplayVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replay-verb-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_NoFile_ExitsWithTwo()
    {
        Assert.Equal((2, "replay needs one FILE.jsonl; 'help' lists its options"), await RunAsync());
        Assert.Equal(2, (await RunAsync("a", "b")).Code);
        Assert.Equal((2, "unknown option --speed; 'help' lists all"), await RunAsync("a", "--speed", "9"));
    }

    [Fact]
    public async Task Run_FileIsNotThere_ExitsWithOneAndNamesIt()
    {
        Assert.Equal((1, $"replay: there is no file {Path("none")}"), await RunAsync(Path("none")));
        var recording = Write("r.jsonl", "");
        foreach (var option in (string[])["--registry", "--neighbourhoods", "--gazetteer"])
            Assert.Equal((1, $"{option}: there is no file {Path("none")}"), await RunAsync(recording, option, Path("none")));
    }

    [Theory]
    [InlineData("--registry", """{"premises":[{"id":"p1"}]}""", "$.premises[0].gateway: expected 1 to 64 characters")]
    [InlineData("--neighbourhoods", """{"features":1}""", "not a GeoJSON collection of named polygons")]
    [InlineData("--gazetteer", "name,lat,lon,radius_m\nActon,53,-3,900\nWest, East and Far,53,x,1\n", "line 3: expected name,lat,lon,radius_m")]
    public async Task Run_FileIsWrong_ExitsWithOneAndNamesTheOption(string option, string text, string problem)
    {
        var (code, errors) = await RunAsync(Write("r.jsonl", ""), option, Write("wrong", text));

        Assert.Equal(1, code);
        Assert.StartsWith($"{option}: {Path("wrong")}: {problem}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task Run_RightGazetteer_IsTaken()
    {
        var gazetteer = Write("g.csv", "name,lat,lon,radius_m\n\"Acton, Wrexham\",53.05,-2.99,900\n");
        Assert.Equal((0, ""), await RunAsync(Write("r.jsonl", ""), "--gazetteer", gazetteer));
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new Commands(new ReplayVerb()).RunAsync(["replay", .. arguments], output, errors);
        return (code, errors.ToString().TrimEnd());
    }
}
