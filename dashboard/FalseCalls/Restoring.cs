using CivicSignals.Learning;
using Microsoft.AspNetCore.Http;

namespace CivicSignals.Dashboard.FalseCalls;

/// <summary>A person restores the response to premises' unconfirmed alarms.</summary>
internal static class Restoring
{
    public const int LongestNote = 1000;
    private const int LongestUser = 100;

    /// <summary>Who asks, as the ledger keeps it.</summary>
    public static string User(HttpContext context) => context.User.Identity?.Name is { } name ? name.Length > LongestUser ? name[..LongestUser] : name : "";

    /// <summary>Tells every area that counts their false calls. On disk when it returns. Null: nobody counts any; false: none was withdrawn.</summary>
    public static async Task<bool?> DoAsync(FalseCallRestoration asked, IFalseCalls calls, IGrainFactory grains, CancellationToken cancellation)
    {
        bool? done = null;
        foreach (var standing in await calls.OfPremisesAsync(asked.Premises, cancellation))
        {
            if (standing.Hazard == asked.Hazard && standing.Service == asked.Service)
                done = await grains.GetGrain<IAreaFalseCalls>(standing.Area).RestoreAsync(asked, cancellation) || done == true;
        }

        return done;
    }
}
