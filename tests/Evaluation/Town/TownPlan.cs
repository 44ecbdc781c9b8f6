namespace CivicSignals.Evaluation.Town;

/// <summary>A made-up town; one for all seeds, so that days differ by what happens only.</summary>
internal sealed class TownPlan
{
    /// <summary>Columns and rows of zoom-14 tiles: about 66 km².</summary>
    public const int Columns = 6, Rows = 5;

    /// <summary>The north-western tile.</summary>
    public const int FirstColumn = 8053, FirstRow = 5312;

    private const int Streets = 1000, HomesPerStreet = 50;
    private const double MetresPerHome = 11, SetBackM = 12;

    private static readonly string[] Stems =
    [
        "Alder", "Ash", "Aspen", "Barley", "Beech", "Birch", "Bramble", "Briar", "Cedar", "Cherry", "Clover", "Copper", "Corn", "Cowslip", "Damson",
        "Elder", "Elm", "Fern", "Foxglove", "Gorse", "Hawthorn", "Hazel", "Heather", "Holly", "Hop", "Ivy", "Juniper", "Larch", "Laurel", "Lavender",
        "Lilac", "Linden", "Lupin", "Maple", "Meadow", "Mill", "Mulberry", "Myrtle", "Nettle", "Oak", "Orchard", "Osier", "Pear", "Pine", "Plum",
        "Poplar", "Primrose", "Quince", "Rowan", "Rush", "Sedge", "Sorrel", "Spindle", "Sycamore", "Tansy", "Teasel", "Thistle", "Thorn", "Violet", "Walnut",
        "Willow", "Yarrow", "Yew",
    ];

    private static readonly string[] Endings =
        ["Road", "Street", "Lane", "Avenue", "Close", "Drive", "Grove", "Way", "Crescent", "Terrace", "Gardens", "Place", "Walk", "Rise", "Court", "Mews"];

    private static readonly string[] Parts =
        ["Northgate", "Kilnfield", "Upper Marl", "Castlebank", "Millbrook End", "Saltmarsh", "Westholt", "Abbot's Cross", "Tanyard", "Southlea", "Lower Marl", "Eastwick"];

    private TownPlan(IReadOnlyList<Neighbourhood> neighbourhoods, IReadOnlyList<Street> streets, IReadOnlyList<Home> homes)
    {
        (Neighbourhoods, StreetList, Homes) = (neighbourhoods, streets, homes);
        Gateways = [.. homes.Where(home => home.Gateway is not null)];
        AtEdges = [.. homes.Where(home => Tiles.MetresToEdge(home.Place) < 40)];
        GatewaysAtEdges = [.. AtEdges.Where(home => home.Gateway is not null)];
        _near = homes.Where(home => home.Gateway is not null).GroupBy(home => Cell(home.Place)).ToDictionary(cell => cell.Key, cell => cell.ToList());
    }

    public const string Name = "Marlbridge";

    public IReadOnlyList<Neighbourhood> Neighbourhoods { get; }

    public IReadOnlyList<Street> StreetList { get; }

    public IReadOnlyList<Home> Homes { get; }

    /// <summary>The homes with sensors.</summary>
    public IReadOnlyList<Home> Gateways { get; }

    /// <summary>The homes within 40 m of a tile's edge.</summary>
    public IReadOnlyList<Home> AtEdges { get; }

    public IReadOnlyList<Home> GatewaysAtEdges { get; }

    /// <summary>People in the town, at 2.36 a household (England and Wales, census 2021).</summary>
    public double Residents => Homes.Count * 2.36;

    private readonly Dictionary<(int, int), List<Home>> _near;

    /// <summary>Homes with sensors within some metres (at most 100) of a place, but not that very place.</summary>
    public IEnumerable<Home> Near(Point place, double metres)
    {
        var (x, y) = Cell(place);
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                foreach (var home in _near.GetValueOrDefault((x + dx, y + dy), []))
                {
                    if (home.Place != place && home.Place.MetresTo(place) <= metres)
                        yield return home;
                }
            }
        }
    }

    /// <summary>The town; <paramref name="streets"/> fewer than all for quick tests.</summary>
    public static TownPlan Build(int streets = Streets)
    {
        var dice = new Dice(1, "town");
        var neighbourhoods = BuildNeighbourhoods(dice);
        var (list, homes) = (new List<Street>(), new List<Home>());
        for (var i = 0; i < streets; i++)
        {
            var start = Tiles.Corner(FirstColumn + 0.15 + (dice.Next() * (Columns - 0.3)), FirstRow + 0.15 + (dice.Next() * (Rows - 0.3)));
            var angle = dice.Between(0, Math.PI);
            var length = HomesPerStreet / 2 * MetresPerHome;
            var (east, north) = (Math.Cos(angle), Math.Sin(angle));
            var to = start.Moved(east * length, north * length);
            var part = neighbourhoods.FirstOrDefault(n => n.Holds(start)) ?? neighbourhoods[0];
            var street = new Street($"{Stems[i % Stems.Length]} {Endings[i / Stems.Length % Endings.Length]}", part.Name, start, to);
            list.Add(street);
            for (var h = 0; h < HomesPerStreet; h++)
            {
                var side = h % 2 == 0 ? SetBackM : -SetBackM;
                var place = start.Moved((east * (h / 2) * MetresPerHome) - (north * side), (north * (h / 2) * MetresPerHome) + (east * side));
                homes.Add(Furnishing.Furnish(homes.Count, street, new Point(Math.Round(place.Lat, 6), Math.Round(place.Lon, 6)), dice));
            }
        }

        return new TownPlan(neighbourhoods, list, homes);
    }

    private static List<Neighbourhood> BuildNeighbourhoods(Dice dice)
    {
        var list = new List<Neighbourhood>();
        double[] columns = [0, 1.4 + dice.Next() * 0.3, 2.9 + dice.Next() * 0.3, 4.4 + dice.Next() * 0.3, Columns];
        double[] rows = [0, 1.5 + dice.Next() * 0.3, 3.2 + dice.Next() * 0.3, Rows];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var northWest = Tiles.Corner(FirstColumn + columns[column], FirstRow + rows[row]);
                var southEast = Tiles.Corner(FirstColumn + columns[column + 1], FirstRow + rows[row + 1]);
                list.Add(new Neighbourhood(Parts[list.Count], new Point(southEast.Lat, northWest.Lon), new Point(northWest.Lat, southEast.Lon)));
            }
        }

        return list;
    }

    private static (int, int) Cell(Point place)
    {
        var (x, y) = Tiles.At(place, 18); // About 92 m here.
        return ((int)x, (int)y);
    }
}
