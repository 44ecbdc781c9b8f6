using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CivicSignals.Tests.Integration;

/// <summary>A home's life as its people see it, in a real browser on the running platform, from signing up to being forgotten.</summary>
[Collection(PlatformCollection.Name)]
public sealed class HomeLifeTests
{
    private const string Lat = "53.046811";
    private const string Lon = "-2.992777";

    [Fact]
    public async Task Home_SignsUpIsHeardAlertsWithdrawsAndIsErased_AndNothingNamesItAfterwards()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var town = await Town.StartAsync();
        var control = await town.ControlRoomAsync();
        var page = await (await browser.NewContextAsync(new() { BaseURL = town.Http.BaseAddress!.ToString(), ViewportSize = new() { Width = 390, Height = 844 } })).NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Answer.TotalMilliseconds);

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add your home" }).First.ClickAsync();
        await page.Locator("#lat").FillAsync(Lat);
        await page.Locator("#lon").FillAsync(Lon);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add my home" }).ClickAsync();
        var gateway = await page.Locator("#gateway-name").InnerTextAsync();
        var password = await page.Locator("#mqtt-password").InnerTextAsync();
        Assert.Contains($"remote_username {gateway}", await page.Locator("#mosquitto").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();

        await town.AdmitAsync(gateway, password);
        var bridge = await town.GuestAsync(gateway, password);
        await SayAsync(bridge, gateway, "bridge/devices", """
            [{"ieee_address":"0x01","friendly_name":"hall smoke","definition":{"model":"SD1","exposes":[{"type":"binary","property":"smoke","access":1,"value_on":true,"value_off":false}]}},
             {"ieee_address":"0x02","friendly_name":"boiler co","definition":{"model":"CO1","exposes":[{"type":"binary","property":"carbon_monoxide","access":1,"value_on":true,"value_off":false}]}}]
            """);
        await Patience.Until(
            async () =>
            {
                await page.GotoAsync("/home");
                return await page.GetByText("1 smoke alarm and 1 CO alarm found").CountAsync() == 1;
            },
            "the devices on the page");

        await SayAsync(bridge, gateway, "hall smoke", """{"smoke":true}""");
        await SayAsync(bridge, gateway, "boiler co", """{"carbon_monoxide":true}""");
        var alert = await control.FirstAsync(e => e.Is("alert", "Alert", "ControlRoom"), "the control room's alert");

        foreach (var service in new[] { "Fire", "Police", "Ambulance" })
        {
            var withdraw = page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^Withdraw: .*{service}", RegexOptions.IgnoreCase) });
            await withdraw.ClickAsync();
            await Assertions.Expect(withdraw).ToHaveCountAsync(0, new() { Timeout = (float)Patience.Answer.TotalMilliseconds }); // The address is the same before and after.
        }

        var end = await control.FirstAsync(e => e.Is("alert", "Cancel", "ControlRoom"), "the end of the alert");
        Assert.Equal((alert["id"], "Withdrawn"), (end["id"], end["ended"]));

        await page.GotoAsync("/home/erase");
        await page.Locator("#sure").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase everything" }).ClickAsync();
        await page.WaitForURLAsync("**/home/erased");

        Assert.Empty(town.Ledger.Naming(gateway, "hall smoke", "boiler co", Lat, Lon));
        await page.GotoAsync("/home");
        await page.WaitForURLAsync("**/home/sign-in**");
    }

    private static async Task SayAsync(MqttGuest bridge, string gateway, string topic, string payload) =>
        await bridge.SendAsync($"homes/{gateway}/zigbee2mqtt/{topic}", Encoding.UTF8.GetBytes(payload));
}
