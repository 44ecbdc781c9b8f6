using CivicSignals.Dashboard.Access;
using CivicSignals.Tests.Dashboard.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Access;

public sealed class SignInThrottleTests
{
    [Fact]
    public void Try_OneAddressOverManyAccounts_IsSlowed()
    {
        var throttle = new SignInThrottle(new FakeTimeProvider(Entries.Start));
        for (var i = 0; i < SignInThrottle.PerAddress; i++)
            Assert.Null(throttle.Try($"user{i}", "192.0.2.1"));
        Assert.NotNull(throttle.Try("another", "192.0.2.1"));
        Assert.Null(throttle.Try("another", "192.0.2.2"));
    }

    [Fact]
    public void Try_AfterSuccess_CountsTheAccountAnew()
    {
        var throttle = new SignInThrottle(new FakeTimeProvider(Entries.Start));
        for (var i = 0; i < SignInThrottle.PerAccount; i++)
            Assert.Null(throttle.Try("ann", $"192.0.2.{i}"));
        throttle.Succeeded("ANN");
        Assert.Null(throttle.Try("ann", "192.0.2.99"));
    }

    [Fact]
    public void Try_FloodOfNames_DoesNotFreeAnAccountThatIsBeingGuessed()
    {
        var throttle = new SignInThrottle(new FakeTimeProvider(Entries.Start));
        for (var i = 0; i < SignInThrottle.PerAccount; i++)
            throttle.Try("ann", $"192.0.2.{i}");
        for (var i = 0; i < 50_000; i++)
            throttle.Try($"user{i}", $"address{i}");
        Assert.NotNull(throttle.Try("ann", "192.0.2.200"));
    }
}
