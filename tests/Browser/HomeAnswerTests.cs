using System.Net;
using System.Text.RegularExpressions;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Browser;

/// <summary>What the pages about homes answer, and to whom, without a browser.</summary>
public sealed partial class HomeAnswerTests : IAsyncLifetime
{
    private HomeSite _site = null!;
    private readonly List<HttpClient> _clients = [];

    public async ValueTask InitializeAsync() => _site = await HomeSite.StartAsync();

    [Theory]
    [InlineData("/home", "/home/sign-in")]
    [InlineData("/home/connect", "/home/sign-in")]
    [InlineData("/home/everything.json", "/home/sign-in")]
    [InlineData("/home/erase", "/home/sign-in")]
    [InlineData("/ops/homes", "/sign-in")]
    [InlineData("/ops/homes/gw-maple-7", "/sign-in")]
    [InlineData("/ops/import", "/sign-in")]
    [InlineData("/ops/import/template.csv", "/sign-in")]
    public async Task Page_ForNobodyInParticular_LeadsToItsSignIn(string address, string signIn)
    {
        var answer = await Client().GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(signIn, answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData("resident", "/ops/homes/gw-maple-7")]
    [InlineData("resident", "/ops/homes")]
    [InlineData("operator", "/home")]
    [InlineData("control-room", "/ops/homes")]
    public async Task Page_ForAnotherRole_StaysShut(string role, string address)
    {
        var client = role == "resident" ? await ResidentAsync(HomesFake.Oak) : await StaffAsync(role);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync(address)).StatusCode);
    }

    [Theory]
    [InlineData("/join")]
    [InlineData("/claim")]
    [InlineData("/home/sign-in")]
    [InlineData("/home/sign-out")]
    [InlineData("/home/consents")]
    [InlineData("/home/password")]
    [InlineData("/home/resident-key")]
    [InlineData("/home/rooms")]
    [InlineData("/home/place")]
    [InlineData("/home/connect")]
    [InlineData("/home/erase")]
    public async Task Form_OfPeopleWithoutToken_IsRefused(string address)
    {
        var client = await ResidentAsync(HomesFake.Maple);
        using var form = new FormUrlEncodedContent([new("sure", "yes"), new("purpose", "fire"), new("do", "withdraw"), new("lat", "1"), new("lon", "1"), new("kind", "dwelling")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(address, form)).StatusCode);
        Assert.True((await _site.Homes.FindAsync(HomesFake.Maple, default))!.Consents.HasFlag(Consents.Fire));
    }

    [Theory]
    [InlineData("/ops/homes/gw-maple-7/credentials")]
    [InlineData("/ops/import")]
    public async Task Form_OfAnOperatorWithoutToken_IsRefused(string address)
    {
        var client = await StaffAsync("operator");
        using var form = new FormUrlEncodedContent([new("do", "revoke"), new("list", "gateway\nx\n")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(address, form)).StatusCode);
        Assert.Null((await _site.Homes.FindAsync(HomesFake.Maple, default))!.RevokedAt);
    }

    [Fact]
    public async Task Form_OfOneHome_ChangesNoOther()
    {
        var oak = await ResidentAsync(HomesFake.Oak);
        var before = await _site.Homes.FindAsync(HomesFake.Maple, default);
        var token = await TokenAsync(oak, "/home");
        // Names another home and its devices in every way that a form has.
        foreach (var (address, fields) in new (string, (string, string)[])[]
        {
            ("/home/consents", [("purpose", "public"), ("do", "give")]),
            ("/home/rooms", [("device", "0x00158d0003abcdef"), ("room", "Elsewhere")]),
            ("/home/place", [("lat", "51.5"), ("lon", "-0.1")]),
            ("/home/password", []),
        })
        {
            await PostAsync(oak, $"{address}?gateway={HomesFake.Maple}", token, [("gateway", HomesFake.Maple), .. fields]);
        }

        Assert.Same(before, await _site.Homes.FindAsync(HomesFake.Maple, default));
        Assert.True((await _site.Homes.FindAsync(HomesFake.Oak, default))!.Consents.HasFlag(Consents.Public));
        Assert.Contains(HomesFake.Oak, await oak.GetStringAsync($"/home/everything.json?gateway={HomesFake.Maple}"), StringComparison.Ordinal);
        Assert.DoesNotContain("maple", await oak.GetStringAsync("/home"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_MadeForOneHome_AreNotShownToAnother()
    {
        var maple = await ResidentAsync(HomesFake.Maple);
        await PostAsync(maple, "/home/password", await TokenAsync(maple, "/home"), []);
        var secret = _site.Homes.Secrets.Last();
        Assert.Contains(secret, await maple.GetStringAsync("/home/connect"), StringComparison.Ordinal);

        // The same browser, signed in to another home.
        await maple.GetAsync($"/test/home/{HomesFake.Oak}");
        Assert.DoesNotContain(secret, await maple.GetStringAsync("/home/connect"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_OverAWholeLife_AreInNoAddressAndNoLog()
    {
        var client = Client();
        var addresses = new List<string>();
        async Task<HttpResponseMessage> Post(string page, string address, params (string, string)[] fields)
        {
            var answer = await PostAsync(client, address, await TokenAsync(client, page), fields);
            addresses.Add(answer.Headers.Location?.ToString() ?? "");
            return answer;
        }

        await Post("/join", "/join", ("lat", "53.04"), ("lon", "-2.99"), ("kind", "dwelling"));
        await Post("/claim", "/claim", ("gateway", HomesFake.Unclaimed), ("secret", HomesFake.ClaimCode), ("lat", "53.04"), ("lon", "-2.99"), ("kind", "dwelling"));
        await Post("/home/sign-in", "/home/sign-in", ("gateway", HomesFake.Maple), ("key", HomesFake.MapleKey));
        await Post("/home/sign-in", "/home/sign-in", ("gateway", HomesFake.Oak), ("key", HomesFake.MapleKey));
        await Post("/home", "/home/password");
        await Post("/home", "/home/resident-key");
        await client.GetAsync("/test/as/operator");
        await Post("/ops/homes/gw-maple-7", "/ops/homes/gw-maple-7/credentials", ("do", "new-password"));
        await Post("/ops/homes/gw-maple-7", "/ops/homes/gw-maple-7/credentials", ("do", "new-key"));
        var report = await Post("/ops/import", "/ops/import", ("list", "gateway,lat\nflat-9,\n"));
        Assert.Contains(_site.Homes.Secrets.Last(), await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal("/home/connect", addresses[0]);
        Assert.NotEmpty(_site.Logged);
        foreach (var secret in _site.Homes.Secrets)
        {
            Assert.DoesNotContain(addresses, address => address.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(_site.Logged, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/join")]
    [InlineData("/home/sign-in")]
    [InlineData("/home")]
    [InlineData("/home/connect")]
    [InlineData("/home/everything.json")]
    public async Task Page_AboutAHome_IsKeptByNobody(string address)
    {
        var client = await ResidentAsync(HomesFake.Maple);
        Assert.Contains("no-store", (await client.GetAsync(address)).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("north", "-2.99")]
    [InlineData("91", "-2.99")]
    [InlineData("NaN", "-2.99")]
    [InlineData("53.04", "1e9")]
    public async Task SignUp_WithNoPlaceOnTheMap_SaysSoAndKeepsTheChoices(string lat, string lon)
    {
        var client = Client();
        var answer = await PostAsync(client, "/join", await TokenAsync(client, "/join"), [("lat", lat), ("lon", lon), ("kind", "care-home"), ("consents", "prevention")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("The place is not on the map.", page, StringComparison.Ordinal);
        Assert.Matches("value=\"care-home\" selected", page);
        Assert.Matches("id=\"consent-prevention\"[^>]* checked", page);
        Assert.DoesNotMatch("id=\"consent-fire\"[^>]* checked", page);
    }

    [Fact]
    public async Task SignUp_TickedBeforehand_IsOnlyWhatTheContractCallsDefault()
    {
        var page = await Client().GetStringAsync("/join");
        Assert.Equal(["fire", "police", "ambulance"], Ticked().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task SignUp_TooOftenFromOneAddress_IsRefusedAsAPage()
    {
        var client = Client();
        var token = await TokenAsync(client, "/join");
        HttpResponseMessage answer;
        var count = 0;
        do
        {
            answer = await PostAsync(client, "/join", token, [("lat", "53.04"), ("lon", "-2.99"), ("kind", "dwelling")]);
        }
        while (answer.StatusCode != HttpStatusCode.TooManyRequests && ++count < 50);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Too many tries", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ByFileFromASpreadsheet_IsRead()
    {
        var client = await StaffAsync("operator");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await TokenAsync(client, "/ops/import")), "__RequestVerificationToken" },
            { new ByteArrayContent([.. "\uFEFFgateway,lat\nflat-4,53.1\n"u8]), "file", "homes.csv" },
            { new StringContent(""), "list" },
        };
        var page = await (await client.PostAsync("/ops/import", form)).Content.ReadAsStringAsync();
        Assert.Contains("1 added, 0 to be claimed, 0 known already, 0 refused", page, StringComparison.Ordinal);
        Assert.Contains($"flat-4,{_site.Homes.Secrets.ElementAt(3)},,", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a file or paste a list.")]
    [InlineData("[{]", "Nothing was imported:")]
    public async Task Import_OfNothing_SaysWhy(string list, string words)
    {
        var client = await StaffAsync("operator");
        var answer = await PostAsync(client, "/ops/import", await TokenAsync(client, "/ops/import"), [("list", list)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unclaimed", HomesFake.Unclaimed, HomesFake.Maple)]
    [InlineData("revoked", "gw-taken", "gw-quiet")]
    [InlineData("silent", "gw-quiet", "gw-taken")]
    [InlineData("claimed", HomesFake.Maple, HomesFake.Unclaimed)]
    public async Task List_ByFilter_HasThatAndNotTheOthers(string show, string has, string hasNot)
    {
        var page = await (await StaffAsync("operator")).GetStringAsync($"/ops/homes?show={show}");
        Assert.Contains($"/ops/homes/{has}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/ops/homes/{hasNot}", page, StringComparison.Ordinal);
        Assert.Contains("shed-pi", page, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _site.DisposeAsync();
    }

    [GeneratedRegex("name=\"consents\" value=\"([a-z]+)\"[^>]* checked")]
    private static partial Regex Ticked();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private static async Task<string> TokenAsync(HttpClient client, string page) => Token().Match(await client.GetStringAsync(page)).Groups[1].Value;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string token, (string Name, string Value)[] fields) =>
        client.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _site.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _clients.Add(client);
        return client;
    }

    private async Task<HttpClient> ResidentAsync(string gateway)
    {
        var client = Client();
        await client.GetAsync($"/test/home/{gateway}");
        return client;
    }

    private async Task<HttpClient> StaffAsync(string role)
    {
        var client = Client();
        await client.GetAsync($"/test/as/{role}");
        return client;
    }
}
