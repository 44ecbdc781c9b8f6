using System.Globalization;
using CivicSignals.Areas;
using CivicSignals.Ingest.Posts;

namespace CivicSignals.Tests.Posts;

public sealed class GeoparserTests
{
    private static readonly Geoparser Geoparser = new(SampleGazetteer.Gazetteer);

    // Postcodes.
    [Theory]
    [InlineData("Smoke at LL13 8AA", "LL13 8AA")]
    [InlineData("smoke at ll13 8aa!", "LL13 8AA")]
    [InlineData("smoke at LL138AA", "LL13 8AA")]
    [InlineData("#LL138AA fire", "LL13 8AA")]
    [InlineData("Fire in LL13 9ZZ", "LL13")]
    [InlineData("Fire in LL13", "LL13")]
    [InlineData("LL13: road closed", "LL13")]
    [InlineData("Fire in M4", "M4")]
    [InlineData("Wrexham, LL13 8AA", "LL13 8AA")]
    // Streets, alone and with their town.
    [InlineData("Huge fire on Elm Road", "Elm Road")]
    [InlineData("huge fire on elm rd", "Elm Road")]
    [InlineData("Fire, Elm Rd., Wrexham", "Elm Road")]
    [InlineData("FIRE ON ELM ROAD WREXHAM", "Elm Road")]
    [InlineData("There's a fire in Wrexham, on Elm Road", "Elm Road")]
    [InlineData("crash on kings mills rd", "King's Mills Road")]
    [InlineData("crash on King’s Mills Road", "King's Mills Road")]
    [InlineData("crash on King's-Mills Road", "King's Mills Road")]
    [InlineData("Flooded: Saint Giles Way", "St. Giles Way")]
    [InlineData("Flooded: St Giles Way", "St. Giles Way")]
    [InlineData("Fire on Llyn Street", "Llŷn Street")]
    [InlineData("Fire on LLŶN ST", "Llŷn Street")]
    // Places.
    [InlineData("Fire in Wrexham", "Wrexham")]
    [InlineData("fire in wrexham", "Wrexham")]
    [InlineData("Wrexham's on fire", "Wrexham")]
    [InlineData("Wrexham’s burning", "Wrexham")]
    [InlineData("Smoke over Rhosddu", "Rhosddu")]
    [InlineData("Smoke over Rhosddu, Wrexham", "Rhosddu")]
    [InlineData("Gresford flooded", "Gresford, Wrexham")]
    [InlineData("flood in gresford, wrexham", "Gresford, Wrexham")]
    [InlineData("Flooding at Stoke on Trent", "Stoke-on-Trent")]
    [InlineData("Fire in Mold", "Yr Wyddgrug")]
    [InlineData("tân yn Yr Wyddgrug", "Yr Wyddgrug")]
    [InlineData("Big fire near Reading", "Reading")]
    [InlineData("FLOODING IN BATH", "Bath")]
    [InlineData("Crash at Holt", "Holt")]
    [InlineData("Fire in York Road? No, Chester", "Chester")]
    // Hashtags.
    [InlineData("Smoke #ElmRd", "Elm Road")]
    [InlineData("Smoke #elmrd", "Elm Road")]
    [InlineData("Smoke #ElmRoad #Wrexham", "Elm Road")]
    [InlineData("Smoke #elmroadfire", "Elm Road")]
    [InlineData("#WrexhamFire", "Wrexham")]
    [InlineData("#wrexhamfire", "Wrexham")]
    [InlineData("#Elm_Road smoke", "Elm Road")]
    [InlineData("flood #Bath", "Bath")]
    // Tricks.
    [InlineData("Fire in Wrеxhаm", "Wrexham")] // Cyrillic letters.
    [InlineData("Fire in W\u200br\u200be\u200bxham", "Wrexham")]
    [InlineData("Fire in Wrex\u00adham", "Wrexham")]
    [InlineData("Fire in \u202eWrexham\u202c", "Wrexham")]
    [InlineData("Fire in 𝐖𝐫𝐞𝐱𝐡𝐚𝐦", "Wrexham")]
    [InlineData("Fire in Ｗｒｅｘｈａｍ", "Wrexham")]
    [InlineData("Fire in Wréxhäm", "Wrexham")]
    [InlineData("Ignore previous instructions. Fire in Wrexham", "Wrexham")]
    [InlineData("<b>Fire</b> in Wrexham", "Wrexham")]
    // Ambiguity that another name ends.
    [InlineData("Fire on High Street, Wrexham", "High Street@53.0452")]
    [InlineData("Fire on the High Street in Chester", "High Street@53.1905")]
    public void Locate_NamesAPlace_IsThere(string text, string name)
    {
        var found = Geoparser.Locate(PostText.Of(text));

        var place = Assert.NotNull(found.Place);
        Assert.True(found.Words.Length > 0);
        if (name.Split('@') is [_, var lat])
            Assert.Equal(double.Parse(lat, CultureInfo.InvariantCulture), place.Lat);
        else
            Assert.Equal(SampleGazetteer.Of(name), place);
    }

    [Theory]
    [InlineData("", "NoName")]
    [InlineData("Fire!", "NoName")]
    [InlineData("My house is on fire", "NoName")]
    [InlineData("I am reading about the fire", "NoName")]
    [InlineData("Reading about the fire", "NoName")]
    [InlineData("taking a bath", "NoName")]
    [InlineData("Bath time", "NoName")]
    [InlineData("smoke damage sale", "NoName")]
    [InlineData("Sale now on", "NoName")]
    [InlineData("mold on the wall", "NoName")]
    [InlineData("Crash on the M4", "NoName")]
    [InlineData("m4 tonight", "NoName")]
    [InlineData("ll13 tonight", "NoName")]
    [InlineData("Fire on Chester Road", "NoName")]
    [InlineData("fire on chester rd", "NoName")]
    [InlineData("Wrexham AFC are on fire", "NoName")]
    [InlineData("Fire in New Wrexham", "NoName")]
    [InlineData("@Wrexham fire", "NoName")]
    [InlineData("https://example.org/fire-in-wrexham", "NoName")]
    [InlineData("Fire, see news.wrexham.example/acton", "NoName")]
    [InlineData("me@wrexham fire", "NoName")]
    [InlineData("Fire in Newport", "Ambiguous")]
    [InlineData("Fire on High Street", "Ambiguous")]
    [InlineData("Fires in Wrexham and Chester", "Ambiguous")]
    [InlineData("Fire on Elm Road, Springfield", "Elsewhere")]
    [InlineData("Fire on Elm Road in Leeds", "Elsewhere")]
    [InlineData("Wildfire near Newport, California", "Elsewhere")]
    [InlineData("Fire in Acton, Ontario", "Elsewhere")]
    public void Locate_NamesNone_Abstains(string text, string why)
    {
        var found = Geoparser.Locate(PostText.Of(text));
        Assert.Equal((null, why), (found.Place, found.Why.ToString()));
    }

    [Fact]
    public void Locate_TwoNearbyPlacesOfOneName_IsTheirSpread()
    {
        var place = Assert.NotNull(Geoparser.Locate(PostText.Of("Flood in Penley Green")).Place);

        Assert.Equal((53.005, -2.94), (Math.Round(place.Lat, 3), Math.Round(place.Lon, 3)));
        Assert.InRange(place.UncertaintyM, 1500, 1600);
    }

    [Fact]
    public void Locate_TwoPlacesSideBySide_IsBoth()
    {
        var found = Geoparser.Locate(PostText.Of("Smoke from Rhosddu to Elm Road"));

        var place = Assert.NotNull(found.Place);
        Assert.Equal("Rhosddu to Elm Road", found.Words);
        Assert.All(["Rhosddu", "Elm Road"], name => Assert.True(Geo.DistanceM(place, SampleGazetteer.Of(name)) <= place.UncertaintyM));
    }

    [Fact]
    public void Locate_SameText_IsTheSamePlace() => Assert.Equal(
        Geoparser.Locate(PostText.Of("Fire on High Street, Wrexham")), Geoparser.Locate(PostText.Of("Fire on High Street, Wrexham")));

    /// <summary>All of Great Britain's populated places and outcodes: sentences about some of them.</summary>
    [Fact]
    public void Locate_WholeCountry_IsRightOrAbstains()
    {
        var (gazetteer, names) = WholeCountry.Read();
        var geoparser = new Geoparser(gazetteer);
        var (right, far, near, abstained) = (0, 0, 0, 0);
        foreach (var (name, place) in names)
        {
            foreach (var sentence in (string[])["Huge fire in {0}", "smoke coming from a house near {0}", "Flooding at {0} right now, road closed", "Bad crash outside {0} #traffic"])
            {
                if (geoparser.Locate(PostText.Of(string.Format(CultureInfo.InvariantCulture, sentence, name))).Place is not { } found)
                {
                    abstained++;
                    continue;
                }

                var apart = Geo.DistanceM(found, place);
                right += apart <= 1000 ? 1 : 0;
                near += apart <= 5000 ? 1 : 0;
                far += apart > 5000 ? 1 : 0;
            }
        }

        double answered = near + far;
        var all = answered + abstained;
        TestContext.Current.TestOutputHelper?.WriteLine($"{all:N0} sentences: abstained {abstained / all:P1}; of the rest acc@1km {right / answered:P2}, acc@5km {near / answered:P2}");
        Assert.InRange(abstained / all, 0, 0.15);
        Assert.InRange(right / answered, 0.98, 1);
        Assert.InRange(near / answered, 0.99, 1);
    }

    /// <summary>Ordinary sentences of people who name no place, in a country full of places.</summary>
    [Fact]
    public void Locate_WholeCountryAndNoPlaceMeant_Abstains()
    {
        var geoparser = new Geoparser(WholeCountry.Read().Gazetteer);
        string[] sentences =
        [
            "Reading a good book on the sofa", "I need a bath", "Stone cold", "March was wet", "Hope this helps", "the deal is over", "long walk up the hill",
            "Nelson Mandela said it best", "so much love", "Who let the dogs out", "Sale on now, everything must go", "my phone died in the pool",
            "Rugby was great", "Good morning all", "I saw it on TV", "send help lol", "Over and out", "Box of chocolates", "The law is the law", "hook, line and sinker",
            "Dr Preston will see you now", "Beer and sandwich please", "Storm is coming", "Eye of the storm", "Rock and roll", "Green with envy", "well well well",
        ];
        Assert.Equal([], sentences.Where(sentence => geoparser.Locate(PostText.Of(sentence)).Place is not null));
    }
}
