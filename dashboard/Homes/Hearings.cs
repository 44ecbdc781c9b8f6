using CivicSignals.Dashboard.Layout;
using CivicSignals.Homes;

namespace CivicSignals.Dashboard.Homes;

/// <summary>Whether a gateway is heard.</summary>
internal static class Hearings
{
    /// <summary>A gateway reports by itself several times a day; after this it is called silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(24);

    /// <summary>Whether a home that should be heard is not.</summary>
    public static bool IsSilent(this Home home, DateTimeOffset now) =>
        home is { IsClaimed: true, RevokedAt: null } && (home.Heard.LastAt ?? home.RegisteredAt) < now - SilentAfter;

    /// <summary><c>12 min ago</c>, or <c>never</c>.</summary>
    public static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is { } moment ? $"{UkTime.Age(now - moment)} ago" : "never";
}
