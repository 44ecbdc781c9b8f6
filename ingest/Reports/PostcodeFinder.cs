using CivicSignals.Ingest.Posts;
using CivicSignals.Reports;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Reports;

/// <summary>Finds what residents type by the gazetteer that posts are read by.</summary>
internal sealed class PostcodeFinder(Geoparser geoparser) : IPlaceFinder
{
    private const int MostLength = 10;

    public Place? Postcode(string text)
    {
        var code = text.Trim();
        if (code.Length > MostLength)
            return null;
        var joined = code.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Postcodes.IsOutcode(joined) || Postcodes.IsWhole(joined) ? geoparser.Locate(PostText.Of(code.ToUpperInvariant())).Place : null;
    }
}
