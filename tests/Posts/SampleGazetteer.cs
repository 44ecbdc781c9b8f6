using CivicSignals.Ingest.Posts;
using CivicSignals.Signals;

namespace CivicSignals.Tests.Posts;

/// <summary>Some places, two of one name among them, near and far.</summary>
internal static class SampleGazetteer
{
    public const string Csv = """
        name,lat,lon,radius_m
        Wrexham,53.0466,-2.9925,3000
        Rhosddu,53.0560,-2.9940,600
        Acton,53.0580,-2.9780,800
        Elm Road,53.0470,-2.9930,150
        King's Mills Road,53.0400,-2.9800,400
        St. Giles Way,53.0455,-2.9910,150
        Llŷn Street,53.0490,-2.9960,150
        High Street,53.0452,-2.9920,120
        High Street,53.1905,-2.8910,150
        Chester,53.1900,-2.8900,3000
        Mold/Yr Wyddgrug,53.1660,-3.1430,1500
        Holt,53.0800,-2.8800,800
        Reading,51.4540,-0.9730,3500
        Bath,51.3810,-2.3590,3000
        Sale,53.4250,-2.3220,2000
        Newport,51.5880,-2.9980,3000
        Newport,52.7700,-2.3800,2000
        Penley Green,53.0000,-2.9500,700
        Penley Green,53.0100,-2.9300,700
        Stoke-on-Trent,53.0030,-2.1790,4000
        "Gresford, Wrexham",53.0870,-2.9660,900
        LL13,53.0400,-2.9500,4000
        LL13 8AA,53.0449,-2.9905,60
        M4,53.4830,-2.2310,600
        """;

    public static Gazetteer Gazetteer { get; } = Gazetteer.Read(new StringReader(Csv));

    /// <summary>The only place of a name.</summary>
    public static Place Of(string name)
    {
        var text = PostText.Of(name);
        var places = Gazetteer.Places(Gazetteer.Find(text, 0, out _));
        Assert.Equal(1, places.Length);
        return places[0];
    }
}
