namespace CivicSignals.Silo.CommandLine;

/// <summary>One configuration key, as the help shows it and the command line accepts it.</summary>
/// <param name="Key">Such as <c>Http:Port</c>.</param>
/// <param name="Default">What holds when it is not given; empty for none.</param>
/// <param name="Meaning">In one line.</param>
internal sealed record Setting(string Key, string Default, string Meaning)
{
    // These are .NET's own: their keys are many and open.
    private static readonly string[] OpenSections = ["Logging", "Kestrel"];
    private static readonly string[] HostKeys = ["environment", "AllowedHosts"];

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Http:Port", "8080", "port of the pages and the API; 0 takes a free one"),
        new("Http:PublicUrl", "", "address that the public reaches the pages by, for links in feeds; empty: as asked"),
        new("Http:MapOrigins", "", "origins that the map's style may load from, separated by blanks"),
        new("Map:StyleUrl", "", "map style to use instead of the bundled one"),
        new("Mqtt:Port", "1883", "port of the embedded MQTT server; 0 takes a free one"),
        new("Mqtt:Broker", "", "address of an external broker; empty: the embedded server"),
        new("Mqtt:Anonymous", "false", "let clients in without credentials, on loopback only: for a first try"),
        new("Mqtt:MaxInFlight", "", "messages received and not settled that the platform holds"),
        new("Data:Path", "data", "folder that keeps the ledger and the keys"),
        new("Ledger:ConnectionString", "", "PostgreSQL; empty: SQLite in the data folder"),
        new("Ledger:MaxMiB", "0", "size that the SQLite file may reach; 0: no bound"),
        new("Registry:File", "", "JSON file of premises, gateways and vehicles"),
        new("Neighbourhoods:File", "", "GeoJSON file of named polygons; empty: the bundled ones"),
        new("Gazetteer:File", "", "CSV file of place names: name,lat,lon,radius_m"),
        new("Auth:FirstUser", "", "name of the first control-room user; empty: generated and printed once"),
        new("Auth:FirstPassword", "", "that user's password"),
        new("Cap:Sender", "alerts@civic-signals.example", "sender of CAP messages, name@domain"),
        new("Cap:Status", "Actual", "CAP status: Actual, Exercise, System, Test or Draft"),
        new("Live:PerAddress", "64", "live streams that one address may hold"),
        new("Areas:Zoom", "14", "quadkey zoom of an area, 8..22; fixed once there is data"),
    ];

    /// <summary>Whether a key may be given.</summary>
    public static bool IsKnown(string key) =>
        All.Any(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
        || HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || OpenSections.Any(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
}
