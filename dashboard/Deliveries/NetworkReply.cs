using System.Net;
using System.Text.Json;

namespace CivicSignals.Dashboard.Deliveries;

/// <summary>What came back over HTTP.</summary>
/// <param name="Status">The status; 0 when nothing usable came.</param>
/// <param name="Body">The JSON of the body; undefined when there is none.</param>
/// <param name="Why">In a few words, for operators.</param>
internal sealed record NetworkReply(HttpStatusCode Status, JsonElement Body, string Why)
{
    public bool IsDone => (int)Status is >= 200 and < 300 && Body.ValueKind != JsonValueKind.Undefined;

    /// <summary>A text member of the body, or null.</summary>
    public string? this[string member] =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether asking the same again is of no use.</summary>
    private bool IsFinal => Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
        and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    /// <summary>As the answer to a sign-in: whatever is wrong with it, a person must mend it.</summary>
    public NetworkReply OfSignIn() => IsFinal ? this with { Status = HttpStatusCode.Unauthorized } : this;

    /// <summary>What it means for a post.</summary>
    /// <param name="remote">When done: the post.</param>
    public Answer Answer(string remote = "") => Status switch
    {
        _ when IsDone => new Answer(Verdict.Done, remote),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new Answer(Verdict.Gone, Why: Why),
        HttpStatusCode.TooManyRequests => new Answer(Verdict.Limited, Why: Why),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Answer(Verdict.Refused, Why: Why),
        _ when IsFinal => new Answer(Verdict.Rejected, Why: Why),
        _ => new Answer(Verdict.Failed, Why: Why),
    };
}
