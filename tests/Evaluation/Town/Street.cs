namespace CivicSignals.Evaluation.Town;

/// <summary>A street: a straight line of homes on both sides.</summary>
/// <param name="Name">Unique in the town.</param>
/// <param name="Neighbourhood">The neighbourhood's name.</param>
internal sealed record Street(string Name, string Neighbourhood, Point From, Point To)
{
    public Point Middle => Along(0.5);

    /// <summary>A place on it; 0 is one end, 1 the other.</summary>
    public Point Along(double part) => new(From.Lat + ((To.Lat - From.Lat) * part), From.Lon + ((To.Lon - From.Lon) * part));
}

/// <summary>A part of the town, a rectangle.</summary>
internal sealed record Neighbourhood(string Name, Point SouthWest, Point NorthEast)
{
    public Point Middle => new((SouthWest.Lat + NorthEast.Lat) / 2, (SouthWest.Lon + NorthEast.Lon) / 2);

    public bool Holds(Point point) =>
        point.Lat >= SouthWest.Lat && point.Lat < NorthEast.Lat && point.Lon >= SouthWest.Lon && point.Lon < NorthEast.Lon;
}
