using CivicSignals.Signals;

namespace CivicSignals.Areas;

/// <summary>What became of a batch, index by index.</summary>
/// <param name="Outcomes">One per signal; meaningless where a redirect is given.</param>
/// <param name="Redirects">Null, or per signal null or the quadkey of the area that follows it: offer it there, as final.</param>
[GenerateSerializer, Immutable, Alias("offer-receipt")]
public sealed record OfferReceipt(
    [property: Id(0)] SignalOutcome[] Outcomes,
    [property: Id(1)] string?[]? Redirects);
