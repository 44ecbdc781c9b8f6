using System.Net;
using CivicSignals.Dashboard.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Dashboard.Access;

public sealed class ReporterNamesTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("reporters-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 10, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _data.Delete(true);

    [Fact]
    public void Of_TheSameNetworkOnOneDay_IsOneNameAlsoAfterARestart()
    {
        Assert.Equal(Name("192.0.2.7"), Name("192.0.2.7"));
        Assert.Equal(Name("192.0.2.7"), Name("::ffff:192.0.2.7"));
        Assert.Equal(Name("2001:db8:1:2::1"), Name("2001:db8:1:2:ffff::9"));
    }

    [Fact]
    public void Of_AnotherNetworkOrDay_IsAnotherName()
    {
        var name = Name("192.0.2.7");
        Assert.NotEqual(name, Name("192.0.2.8"));
        Assert.NotEqual(Name("2001:db8:1:2::1"), Name("2001:db8:1:3::1"));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.NotEqual(name, Name("192.0.2.7"));
    }

    [Fact]
    public void Of_WithAnotherKey_IsAnotherName()
    {
        var name = Name("192.0.2.7");
        var key = Assert.Single(_data.EnumerateFiles("reporters.key", SearchOption.AllDirectories));
        Assert.Equal(32, key.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode);
        key.Delete();
        Assert.NotEqual(name, Name("192.0.2.7"));
    }

    /// <summary>From names that have just been made: nothing is left but what is on disk.</summary>
    private string Name(string address) => new ReporterNames(
        new ConfigurationBuilder().AddInMemoryCollection([new("Data:Path", _data.FullName)]).Build(), _time).Of(IPAddress.Parse(address));
}
