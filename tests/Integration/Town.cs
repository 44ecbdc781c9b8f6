using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MQTTnet.Formatter;

namespace CivicSignals.Tests.Integration;

/// <summary>The platform in processes of its own with data of its own, and those who talk to it. Its end is the processes' end.</summary>
internal sealed class Town : IAsyncDisposable
{
    public const string User = "chief";
    public const string Password = "correct horse battery";

    private readonly string _folder;
    private readonly TownPlan _plan;
    private readonly IInstallation _installation;
    private readonly string[] _settings;
    private readonly TownSilo[] _silos;
    private readonly List<IAsyncDisposable> _guests = [];
    private readonly Dictionary<string, string> _tokens = [];

    private Town(string folder, TownPlan plan, IInstallation installation, string[] settings)
    {
        (_folder, _plan, _installation, _settings) = (folder, plan, installation, settings);
        _silos = [.. Enumerable.Range(1, installation.Silos).Select(number => new TownSilo(http => Arguments(number, http)))];
        Directory.CreateDirectory(folder);
        if (!plan.IsNone)
            plan.Write(Registry, Neighbourhoods);
    }

    public int MqttPort => _installation.MqttPort;

    public ITownLedger Ledger => _installation.Ledger;

    /// <summary>The data folder of the first silo.</summary>
    public string Data => DataOf(_folder, 1);

    /// <summary>Anyone's view: of the second silo where there are several, so that what people read has come from another one.</summary>
    public HttpClient Http => _silos[Math.Min(1, _silos.Length - 1)].Http;

    /// <summary>All that all silos said.</summary>
    public string Said => string.Concat(_silos.Select(silo => silo.Said));

    private string Registry => Path.Combine(_folder, "registry.json");

    private string Neighbourhoods => Path.Combine(_folder, "neighbourhoods.geojson");

    /// <summary>Starts one of the kind that this run of the tests is about.</summary>
    /// <param name="plan">Who lives there.</param>
    /// <param name="settings">Further arguments of every silo.</param>
    public static Task<Town> StartAsync(TownPlan? plan = null, params string[] settings) => StartAsync(TownKinds.Chosen, plan, settings);

    /// <summary>Starts one.</summary>
    /// <param name="kind">What it runs on.</param>
    /// <param name="plan">Who lives there.</param>
    /// <param name="settings">Further arguments of every silo.</param>
    public static async Task<Town> StartAsync(TownKind kind, TownPlan? plan = null, params string[] settings)
    {
        plan ??= TownPlan.Street;
        var folder = Path.Combine(Path.GetTempPath(), $"civic-town-{Guid.NewGuid():N}");
        IInstallation installation = kind == TownKind.Clustered ? await ClusteredInstallation.StartAsync(plan) : new EmbeddedInstallation(DataOf(folder, 1));
        var town = new Town(folder, plan, installation, settings);
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
        foreach (var silo in _silos)
            await silo.ReadyAsync();
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Begin()
    {
        foreach (var silo in _silos)
            silo.Begin();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        foreach (var silo in _silos)
            silo.Kill();
    }

    /// <summary>SIGTERM; the worst exit code.</summary>
    public async Task<int> StopAsync() => (await Task.WhenAll(_silos.Select(silo => silo.StopAsync()))).Max();

    /// <summary>A client with the password of the plan, or another.</summary>
    public async Task<MqttGuest> GuestAsync(string user, string? password = null, MqttProtocolVersion version = MqttProtocolVersion.V311) =>
        Welcome(await MqttGuest.ConnectAsync(MqttPort, user, password, version, _installation.Broker));

    /// <summary>zigbee2mqtt of one home, connected with its credentials.</summary>
    public async Task<Zigbee2Mqtt> GatewayAsync(string gateway) => await Zigbee2Mqtt.StartAsync(await GuestAsync(gateway), gateway);

    /// <summary>A home that is never quiet.</summary>
    public async Task<RestlessHome> RestlessHomeAsync(string gateway) => new(await GuestAsync(gateway), gateway);

    /// <summary>A vehicle, connected with its credentials.</summary>
    public async Task<ItsVehicle> VehicleAsync(string vehicle, uint station) => new(await GuestAsync(vehicle), vehicle, station);

    /// <summary>Does what an operator has to do before someone can use the password that the platform has just given him.</summary>
    public Task AdmitAsync(string user, string password) => _installation.AdmitAsync(user, password);

    /// <summary>Does what an operator has to do when the platform has ended someone's password.</summary>
    public Task DismissAsync(string user) => _installation.DismissAsync(user);

    /// <summary>Waits until the platform has acknowledged what a broker has passed on for somebody who is not a guest here.</summary>
    public Task TakenAsync(string topic) => _installation.Broker?.TakenAsync(topic, 0) ?? Task.CompletedTask;

    /// <summary>A bearer token from the <c>token</c> verb.</summary>
    public async Task<string> TokenAsync(string role = "control-room")
    {
        var (code, output, errors) = await PlatformProcess.RunAsync(["token", "--user", "u1", "--role", role, .. _installation.WhereTheLedgerIs]);
        Assert.True(code == 0, errors);
        return output.Trim();
    }

    /// <summary>The control room's live stream: everything after an event.</summary>
    public async Task<EventStream> ControlRoomAsync(long? after = 0) =>
        Welcome(await EventStream.OpenAsync(Http, "/api/incidents/stream", await KeptTokenAsync("control-room"), after));

    /// <summary>The public live stream.</summary>
    public async Task<EventStream> PublicAsync(string query = "", long? after = 0) =>
        Welcome(await EventStream.OpenAsync(Http, $"/api/alerts/stream{query}", null, after));

    /// <summary>What the control room's API answers.</summary>
    public async Task<JsonElement> AskAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, await KeptTokenAsync("control-room"));
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Acts on an incident as the control room does.</summary>
    public async Task ActAsync(string incident, string action)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/incidents/{incident}/actions", JsonContent.Create(new { action, note = "by a test" }), await KeptTokenAsync("control-room"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The operations page as an operator sees it, as soon as it says something: what other silos do, it hears every few seconds.</summary>
    public async Task<string> OperationsPageAsync(string saying)
    {
        var page = "";
        await Patience.Until(async () => (page = await OperationsPageAsync()).Contains(saying, StringComparison.Ordinal), $"'{saying}' on the operations page");
        return page;
    }

    /// <summary>The message account of all silos.</summary>
    public async Task<Scrape> MetricsAsync() => Scrape.Parse(await ExposedAsync());

    /// <summary>What all silos expose.</summary>
    public async Task<string> ExposedAsync() => string.Join('\n', await Task.WhenAll(_silos.Select(silo => silo.Http.GetStringAsync("/metrics"))));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            silo.Dispose();
        foreach (var guest in _guests)
            await guest.DisposeAsync();
        await _installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string DataOf(string folder, int silo) => Path.Combine(folder, $"data-{silo}");

    private string[] Arguments(int silo, int http) =>
    [
        "--Http:Port", $"{http}",
        "--Data:Path", DataOf(_folder, silo),
        "--Registry:File", _plan.IsNone ? "" : Registry,
        "--Neighbourhoods:File", _plan.IsNone ? "" : Neighbourhoods,
        "--Auth:FirstUser", User,
        "--Auth:FirstPassword", Password,
        .. _installation.SettingsOf(silo),
        .. _settings,
    ];

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request);
    }

    private async Task<string> OperationsPageAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/ops", null, await KeptTokenAsync("operator"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> KeptTokenAsync(string role) => _tokens.TryGetValue(role, out var kept) ? kept : _tokens[role] = await TokenAsync(role);

    private T Welcome<T>(T guest)
        where T : IAsyncDisposable
    {
        lock (_guests)
            _guests.Add(guest);
        return guest;
    }
}
