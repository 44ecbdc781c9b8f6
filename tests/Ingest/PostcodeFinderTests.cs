using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Reports;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Ingest;

public sealed class PostcodeFinderTests
{
    private static readonly PostcodeFinder Finder = new(new Geoparser(Gazetteer.Of([
        new NamedPlace("LL13", new Place(53.04, -2.98, 4000)),
        new NamedPlace("LL13 8AA", new Place(53.0466, -2.9925, 80)),
        new NamedPlace("Acton", new Place(53.06, -2.99, 800)),
    ])));

    [Theory]
    [InlineData("LL13 8AA", 80)]
    [InlineData(" ll138aa ", 80)]
    [InlineData("LL13", 4000)]
    [InlineData("LL13 9ZZ", 4000)] // Its first half is all that is known.
    public void Postcode_KnownHere_IsItsPlace(string text, double uncertaintyM) =>
        Assert.Equal(uncertaintyM, Finder.Postcode(text)?.UncertaintyM);

    [Theory]
    [InlineData("")]
    [InlineData("SW1A 1AA")]
    [InlineData("Acton")] // No postcode.
    [InlineData("LL13 8AA and more")]
    public void Postcode_AnythingElse_IsUnknown(string text) => Assert.Null(Finder.Postcode(text));
}
