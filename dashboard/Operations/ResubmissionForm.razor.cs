using CivicSignals.Accounting;
using CivicSignals.Dashboard.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Dashboard.Operations;

/// <summary>The form by which an operator has a rejected message taken in once more: field <c>again</c>, as <see cref="DeadLetter.Again"/> has it.</summary>
public sealed partial class ResubmissionForm
{
    private const int LongestSilo = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static async Task<IResult> PostAsync(HttpContext context, IAntiforgery antiforgery, IGrainFactory grains, ILogger<ResubmissionForm> logger, CancellationToken cancellation)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Missing.Failure(StatusCodes.Status400BadRequest);
        var again = (await context.Request.ReadFormAsync(cancellation))["again"].ToString();
        if (again.Split('/') is not [{ Length: > 0 and <= LongestSilo } silo, var digits] || !long.TryParse(digits, out var number))
            return Missing.Failure(StatusCodes.Status400BadRequest);
        return Results.LocalRedirect($"/ops?sent={Uri.EscapeDataString(await SendAsync(grains, silo, number, logger, cancellation) ?? "gone")}#rejected-title");
    }

    /// <summary>The sentence for what became of it.</summary>
    public static string Say(string sent) => sent switch
    {
        "evidence" => "Sent again: it is evidence now.",
        "repeated" => "Sent again: it said nothing new.",
        "ambient" => "Sent again: it was accepted, and is no evidence.",
        "gone" => "It is held no more: it was sent again already, or is too old, or its silo has been restarted.",
        _ when sent.All(letter => letter is (>= 'a' and <= 'z') or '-') => $"Sent again, and refused: {sent}.",
        _ => "Sent again, and refused.", // An address can say anything.
    };

    private static async Task<string?> SendAsync(IGrainFactory grains, string silo, long number, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            return await grains.GetGrain<IRejectedMessages>(silo).SendAgainAsync(number, cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.NotSentAgain(e); // A silo that has gone, or a name that is none.
            return null;
        }
    }
}
