using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CivicSignals.Tests.Integration;

/// <summary>The platform in a process of its own with a data folder of its own, and those who talk to it. Its end is the process's end.</summary>
internal sealed class Town : IAsyncDisposable
{
    public const string User = "chief";
    public const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("civic-town-").FullName;
    private readonly int _httpPort = PlatformProcess.FreePort();
    private readonly List<IAsyncDisposable> _guests = [];
    private readonly TownPlan _plan;
    private readonly string[] _settings;
    private PlatformProcess? _process;
    private string? _token;

    private Town(TownPlan plan, string[] settings)
    {
        (_plan, _settings) = (plan, settings);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_httpPort}"), Timeout = Patience.Answer };
        if (!plan.IsNone)
            plan.Write(Registry, Neighbourhoods);
    }

    public int MqttPort { get; } = PlatformProcess.FreePort();

    /// <summary>The ledger's file.</summary>
    public string Ledger => Path.Combine(Data, "ledger.db");

    /// <summary>Anyone's view.</summary>
    public HttpClient Http { get; }

    public string Said => _process!.Said;

    private string Registry => Path.Combine(_folder, "registry.json");

    private string Neighbourhoods => Path.Combine(_folder, "neighbourhoods.geojson");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it.</summary>
    /// <param name="plan">Who lives there.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<Town> StartAsync(TownPlan? plan = null, params string[] settings)
    {
        var town = new Town(plan ?? TownPlan.Street, settings);
        try
        {
            await town.RestartAsync();
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the platform, again, on the same data and ports, and waits until it is ready.</summary>
    public async Task RestartAsync()
    {
        Begin();
        await Patience.Until(IsReadyAsync, "/health/ready", Patience.Start);
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Begin()
    {
        _process?.Dispose();
        _process = PlatformProcess.Start(
        [
            "--Http:Port", $"{_httpPort}",
            "--Mqtt:Port", $"{MqttPort}",
            "--Data:Path", Data,
            "--Registry:File", _plan.IsNone ? "" : Registry,
            "--Neighbourhoods:File", _plan.IsNone ? "" : Neighbourhoods,
            "--Auth:FirstUser", User,
            "--Auth:FirstPassword", Password,
            .. _settings,
        ]);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> StopAsync() => _process!.StopAsync();

    /// <summary>zigbee2mqtt of one home, connected with its credentials.</summary>
    public async Task<Zigbee2Mqtt> GatewayAsync(string gateway) => Welcome(await Zigbee2Mqtt.ConnectAsync(MqttPort, gateway));

    /// <summary>A home that is never quiet.</summary>
    public async Task<RestlessHome> RestlessHomeAsync(string gateway) => Welcome(new RestlessHome(await MqttGuest.ConnectAsync(MqttPort, gateway), gateway));

    /// <summary>A vehicle, connected with its credentials.</summary>
    public async Task<ItsVehicle> VehicleAsync(string vehicle, uint station) => Welcome(await ItsVehicle.ConnectAsync(MqttPort, vehicle, station));

    /// <summary>A bearer token from the <c>token</c> verb.</summary>
    public async Task<string> TokenAsync(string role = "control-room")
    {
        var (code, output, errors) = await PlatformProcess.RunAsync("token", "--user", "u1", "--role", role, "--Data:Path", Data);
        Assert.True(code == 0, errors);
        return output.Trim();
    }

    /// <summary>The control room's live stream: everything after an event.</summary>
    public async Task<EventStream> ControlRoomAsync(long? after = 0) =>
        Welcome(await EventStream.OpenAsync(Http, "/api/incidents/stream", await ControlRoomTokenAsync(), after));

    /// <summary>The public live stream.</summary>
    public async Task<EventStream> PublicAsync(string query = "", long? after = 0) =>
        Welcome(await EventStream.OpenAsync(Http, $"/api/alerts/stream{query}", null, after));

    /// <summary>What the control room's API answers.</summary>
    public async Task<JsonElement> AskAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, await ControlRoomTokenAsync());
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Acts on an incident as the control room does.</summary>
    public async Task ActAsync(string incident, string action)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/incidents/{incident}/actions", JsonContent.Create(new { action, note = "by a test" }), await ControlRoomTokenAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The operations page, as an operator sees it.</summary>
    public async Task<string> OperationsPageAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/ops", null, await TokenAsync("operator"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Which of the texts stand in which of the database's files.</summary>
    public List<string> Naming(params string[] texts)
    {
        var found = new List<string>();
        foreach (var path in Directory.GetFiles(Data, "ledger.db*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            found.AddRange(texts.Where(text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0).Select(text => $"{text} in {path}"));
        }

        return found;
    }

    public async Task<Scrape> MetricsAsync() => Scrape.Parse(await Http.GetStringAsync("/metrics"));

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        foreach (var guest in _guests)
            await guest.DisposeAsync();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request);
    }

    private async Task<string> ControlRoomTokenAsync() => _token ??= await TokenAsync();

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process!.HasExited, $"the platform ended:\n{_process.Said}");
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private T Welcome<T>(T guest)
        where T : IAsyncDisposable
    {
        lock (_guests)
            _guests.Add(guest);
        return guest;
    }
}
