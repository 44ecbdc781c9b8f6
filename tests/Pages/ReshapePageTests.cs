using System.Net;
using System.Text.RegularExpressions;
using CivicSignals.Tests.Browser;

namespace CivicSignals.Tests.Pages;

/// <summary>Merging and splitting on the incident's page, as plain forms.</summary>
public sealed partial class ReshapePageTests
{
    [Fact]
    public async Task Page_OpenIncident_OffersWhatIsNearItsEvidenceAndItsMergers()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = Browser(host);
        var page = await http.GetStringAsync("/control/incidents/fire-1");
        Assert.Contains("<option value=\"watch-1\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"fire-1\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"false-1\">", page, StringComparison.Ordinal); // It has closed.
        Assert.Equal(3, Regex.Count(page, "name=\"evidence\""));
        Assert.Contains("aria-label=\"Undo this merge of next-1\"", page, StringComparison.Ordinal);
        Assert.Contains("was merged into it at", page, StringComparison.Ordinal);

        var closed = await http.GetStringAsync("/control/incidents/false-1");
        Assert.DoesNotContain("One event or two?", closed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Merge_LeadsToTheOneThatGoesOn()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = Browser(host);
        var page = await PostAsync(http, "watch-1", ("action", "merge"), ("into", "fire-1"), ("note", "One fire"));
        Assert.Contains("Merged. What was known of the other incident is here now", page, StringComparison.Ordinal);
        var closed = await http.GetStringAsync("/control/incidents/watch-1");
        Assert.Contains("It proved to be the same event as", closed, StringComparison.Ordinal);
        Assert.Contains("Merged it into incident fire-1: “One fire”", WebUtility.HtmlDecode(closed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Split_TakesWhatIsTickedOrSaysWhyNot()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = Browser(host);
        Assert.Contains("The incident does not hold all of that evidence; nothing was changed.", await PostAsync(http, "fire-1", ("action", "split")), StringComparison.Ordinal);
        var page = await PostAsync(http, "fire-1", ("action", "split"), ("evidence", "homes/gw-maple-9/0x00158d00055566bb fire.smoke"), ("note", "Next door"));
        Assert.Contains("Split. What you ticked is an incident of its own now", page, StringComparison.Ordinal);
        Assert.Contains("Split evidence off into incident apart-1: “Next door”", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/control/incidents/apart-1\">", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "name=\"evidence\""));
    }

    [Fact]
    public async Task Post_UndoMerge_IsSaid()
    {
        await using var host = await PagesHost.StartAsync();
        using var http = Browser(host);
        var page = await PostAsync(http, "fire-1", ("action", "undo-merge"), ("merged", "next-1"));
        Assert.Contains("Undone. What had been merged is an incident of its own again", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo the merging of", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge", "none", "The other incident is not open, or it is this one; nothing was changed.")]
    [InlineData("merge", "", "The other incident is not open, or it is this one; nothing was changed.")]
    public async Task Post_MergeIntoNothing_SaysWhyNot(string action, string into, string words)
    {
        await using var host = await PagesHost.StartAsync();
        using var http = Browser(host);
        Assert.Contains(words, await PostAsync(http, "fire-1", ("action", action), ("into", into)), StringComparison.Ordinal);
    }

    private static HttpClient Browser(PagesHost host) => new() { BaseAddress = host.Address };

    private static async Task<string> PostAsync(HttpClient http, string incident, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await http.GetStringAsync($"/control/incidents/{incident}")).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__RequestVerificationToken", token)]);
        using var response = await http.PostAsync($"/control/incidents/{incident}/actions", form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
