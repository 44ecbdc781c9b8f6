using CivicSignals.Silo.CommandLine;

namespace CivicSignals.Tests.Silo.Hosting;

public sealed class OptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--Http:Port=70000", "Http:Port: 70000 is not a port (0..65535)")]
    [InlineData("--Http:Port=abc", "Http:Port: 'abc' is not a whole number")]
    [InlineData("--http:port=-1", "Http:Port: -1 is not a port (0..65535)")]
    [InlineData("--Data:Path= ", "Data:Path: is empty; it names the folder that keeps the ledger")]
    [InlineData("--Ledger:ConnectionString=Host=db;Password=hush;hush", "Ledger:ConnectionString: is no PostgreSQL connection string, such as Host=db.example;Database=civic;Username=civic;Password=…")]
    [InlineData("--Ledger:ConnectionString=Database=civic", "Ledger:ConnectionString: is no PostgreSQL connection string, such as Host=db.example;Database=civic;Username=civic;Password=…")]
    [InlineData("--Ledger:ConnectionString=Host=db;Port=hush", "Ledger:ConnectionString: is no PostgreSQL connection string, such as Host=db.example;Database=civic;Username=civic;Password=…")]
    [InlineData("--Ledger:MaxMiB=-5", "Ledger:MaxMiB: -5 is not a size (0 or more)")]
    [InlineData("--Retention:DetailDays=0", "Retention:DetailDays: 0 is not a number of days (1..3650)")]
    [InlineData("--Retention:CarbonMonoxideDays=4000", "Retention:CarbonMonoxideDays: 4000 is not a number of days (1..3650)")]
    [InlineData("--Retention:FireDays=soon", "Retention:FireDays: 'soon' is not a whole number")]
    [InlineData("--Areas:Zoom=30", "Areas:Zoom: 30 is not a zoom level (8..22)")]
    [InlineData("--Neighbourhoods:File=/nowhere.geojson", "Neighbourhoods:File: there is no file /nowhere.geojson")]
    public async Task Serve_WrongValue_StopsWithOneLineThatNamesTheKey(string argument, string line)
    {
        var (code, errors) = await ServeAsync(argument);

        Assert.Equal(line + Environment.NewLine, errors);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Serve_TwoWrongValues_NamesBoth()
    {
        var (code, errors) = await ServeAsync("--Http:Port=70000", "--Areas:Zoom=3");

        Assert.Equal(1, code);
        Assert.Contains("Http:Port:", errors, StringComparison.Ordinal);
        Assert.Contains("Areas:Zoom:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NeighbourhoodsThatAreNoGeoJson_StopsWithTheReason()
    {
        var file = Path.Combine(_folder, "n.geojson");
        await File.WriteAllTextAsync(file, "{\"features\":[{}]}");

        var (code, errors) = await ServeAsync($"--Neighbourhoods:File={file}");

        Assert.Equal(1, code);
        Assert.StartsWith("Neighbourhoods:File:", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Serve_DataPathIsAFile_StopsWithTheKey()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");

        var (code, errors) = await ServeAsync($"--Data:Path={file}");

        Assert.Equal(1, code);
        Assert.StartsWith($"Data:Path: {file} cannot be used", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortInUse_StopsWithOneLine()
    {
        await using var first = await RunningPlatform.StartAsync();

        var (code, errors) = await ServeAsync($"--Http:Port={first.Http.BaseAddress!.Port}");

        Assert.Equal(1, code);
        Assert.StartsWith("Http:Port", errors, StringComparison.Ordinal);
        Assert.Contains("already in use", errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Errors)> ServeAsync(params string[] arguments)
    {
        using var errors = new StringWriter();
        string[] data = arguments.Any(argument => argument.StartsWith("--Data:Path", StringComparison.Ordinal)) ? [] : [$"--Data:Path={_folder}"];
        var code = await new Commands(new ServeVerb()).RunAsync([.. arguments, .. data], TextWriter.Null, errors);
        return (code, errors.ToString());
    }
}
