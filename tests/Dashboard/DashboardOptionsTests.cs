using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.Options;

namespace CivicSignals.Tests.Dashboard;

public sealed class DashboardOptionsTests
{
    [Theory]
    [InlineData("Cap:Sender", "nobody")]
    [InlineData("Cap:Sender", "a b@c.example")]
    [InlineData("Http:PublicUrl", "signals.example")]
    [InlineData("Http:PublicUrl", "ftp://signals.example")]
    [InlineData("Http:MapOrigins", "https://a.example; script-src *")]
    [InlineData("Live:PerAddress", "0")]
    [InlineData("Live:Waiting", "0")]
    [InlineData("Live:Recent", "0")]
    public async Task Start_WrongValue_StopsWithALineThatNamesTheKey(string key, string value)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(null, (key, value)));
        Assert.StartsWith(key + " must be", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmptyValues_MeanTheDefaults()
    {
        await using var site = await Site.StartEmptyAsync(("Auth:FirstUser", ""), ("Auth:FirstPassword", ""), ("Http:PublicUrl", ""), ("Http:MapOrigins", ""));
        Assert.StartsWith("First user: admin ", site.Printed.ToString(), StringComparison.Ordinal);
    }
}
