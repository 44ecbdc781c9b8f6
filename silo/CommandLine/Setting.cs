using System.Text.RegularExpressions;

namespace CivicSignals.Silo.CommandLine;

/// <summary>One configuration key, as the help shows it and the command line accepts it.</summary>
/// <param name="Key">Such as <c>Http:Port</c>.</param>
/// <param name="Default">What holds when it is not given; empty for none.</param>
/// <param name="Meaning">In one line.</param>
internal sealed record Setting(string Key, string Default, string Meaning)
{
    // These are .NET's own: their keys are many and open.
    private static readonly string[] OpenSections = ["Logging", "Kestrel"];
    private static readonly Regex Index = new(":[0-9]{1,3}:", RegexOptions.NonBacktracking);
    private static readonly string[] HostKeys = ["environment", "AllowedHosts"];

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Http:Port", "8080", "port of the pages and the API; 0 takes a free one"),
        new("Http:PublicUrl", "", "address that feeds and CAP files give for this platform; empty: the request's"),
        new("Http:MapOrigins", "", "origins that map tiles may come from, separated by blanks"),
        new("Mqtt:Port", "1883", "port of the embedded MQTT server; 0 takes a free one"),
        new("Mqtt:Broker", "", "address of an external broker, mqtt:// or mqtts://; empty: the embedded server"),
        new("Mqtt:BrokerUser", "", "the platform's user at the broker"),
        new("Mqtt:BrokerPassword", "", "that user's password; better given as Mqtt__BrokerPassword in the environment"),
        new("Mqtt:BrokerCertificate", "", "PEM file of a client certificate for the broker"),
        new("Mqtt:BrokerKey", "", "PEM file of that certificate's key"),
        new("Mqtt:BrokerAuthority", "", "PEM file of the authority of the broker's certificate; empty: the system's"),
        new("Mqtt:BrokerGroup", "civic-signals", "name of the shared subscription, the same on every silo"),
        new("Mqtt:BrokerSession", "", "client id of this silo, another on every silo, the same after a restart; empty: civic-signals-{machine name}"),
        new("Mqtt:BrokerSessionExpiry", "3600", "seconds for which the broker keeps messages for a silo that is away"),
        new("Mqtt:BrokerReceiveMaximum", "5000", "unacknowledged messages that the broker may have under way to this silo"),
        new("Mqtt:PublicUrl", "", "address that homes' gateways are told, mqtt:// or mqtts://; empty: the page's host and Mqtt:Port"),
        new("Mqtt:Anonymous", "false", "let clients in without credentials, on loopback only: for a first try"),
        new("Mqtt:HomePrefix", "homes", "topic levels before a gateway's name"),
        new("Mqtt:MaxInFlight", "20000", "messages that may wait for the ledger; beyond it, reading stops"),
        new("Data:Path", "data", "folder that keeps the ledger and the keys"),
        new("Ledger:ConnectionString", "", "PostgreSQL, whose tables the verb migrate makes; empty: SQLite in the data folder"),
        new("Cluster:Id", "civic-signals", "name of the cluster, the same on every silo of one PostgreSQL"),
        new("Cluster:Address", "127.0.0.1", "IP address that the other silos reach this one at; the same after a restart"),
        new("Cluster:Port", "11111", "port for the other silos"),
        new("Ledger:MaxMiB", "0", "size that the SQLite file may reach; 0: no bound"),
        new("Retention:DetailDays", "90", "days for which it is kept who said what exactly where; then incidents are reduced to what statistics need"),
        new("Retention:FireDays", "730", "days for which incidents of fire are kept after their end"),
        new("Retention:GasDays", "730", "days for which incidents of gas leaks are kept after their end"),
        new("Retention:CarbonMonoxideDays", "730", "days for which incidents of carbon monoxide are kept after their end"),
        new("Retention:FloodDays", "730", "days for which incidents of floods are kept after their end"),
        new("Retention:IntrusionDays", "365", "days for which incidents of break-ins are kept after their end"),
        new("Retention:MedicalDays", "180", "days for which incidents of medical emergencies are kept after their end"),
        new("Retention:PersonalAttackDays", "365", "days for which incidents of calls for help are kept after their end"),
        new("Retention:RoadCrashDays", "730", "days for which incidents of road crashes are kept after their end"),
        new("Retention:RoadHazardDays", "90", "days for which incidents of hazards on the road are kept after their end"),
        new("Retention:DisorderDays", "365", "days for which incidents of disorder are kept after their end"),
        new("Judgement:ModelFile", "", "JSON file of the fusion model; empty: the bundled one"),
        new("Judgement:PolicyFile", "", "JSON file of the alert policy; empty: the bundled one"),
        new("Registry:File", "", "JSON file of premises, gateways and vehicles"),
        new("Neighbourhoods:File", "", "GeoJSON file of named polygons; empty: the bundled ones"),
        new("Gazetteer:File", "", "CSV file of place names: name,lat,lon,radius_m; empty: the bundled town's"),
        new("Auth:FirstUser", "", "name of the first control-room user; empty: generated and printed once"),
        new("Auth:FirstPassword", "", "that user's password"),
        new("Live:PerAddress", "64", "live connections that one address may hold"),
        new("Live:Waiting", "1024", "events that may wait for one slow live connection"),
        new("Live:Recent", "4096", "newest events kept in memory for those who resume"),
        new("Cap:Sender", "alerts@civic-signals.example", "CAP sender: name@domain"),
        new("Cap:SenderName", "Civic Signals", "CAP senderName, as people read it"),
        new("Cap:Status", "Actual", "CAP status: Actual, Exercise, System, Test or Draft"),
        new("Bluesky:Url", "", "Jetstream: wss://host/subscribe, or wss://host/xrpc/network.bsky.jetstream.subscribeEvents; empty: no posts of Bluesky"),
        new("Bluesky:Compress", "false", "ask Jetstream for zstd"),
        new("Bluesky:DictionaryFile", "", "zstd dictionary of Jetstream's version 1; version 2 hands it out itself"),
        new("Mastodon:Servers:0:Url", "", "a Mastodon server that agreed to be read: https://host; more at 1, 2, …"),
        new("Mastodon:Servers:0:StreamingUrl", "", "its streaming service, where that is another address"),
        new("Mastodon:Servers:0:AccessToken", "", "token of an account there, with read:statuses"),
        new("Mastodon:Servers:0:Stream", "public:local", "public, public:local or hashtag"),
        new("Mastodon:Servers:0:Tag", "", "the hashtag, without #"),
        new("Mastodon:Servers:0:Transport", "sse", "sse or websocket"),
        new("Deliveries:Mastodon:0:Url", "", "server of a Mastodon account that public alerts are posted to; :1: and so on for more"),
        new("Deliveries:Mastodon:0:Account", "", "its name, to tell several of one server apart"),
        new("Deliveries:Mastodon:0:AccessToken", "", "its access token; better given as Deliveries__Mastodon__0__AccessToken in the environment"),
        new("Deliveries:Mastodon:0:Neighbourhoods", "", "slugs that it speaks for, separated by blanks; empty: all"),
        new("Deliveries:Mastodon:0:Visibility", "unlisted", "who sees the posts: public, unlisted or private"),
        new("Deliveries:Bluesky:0:Url", "https://bsky.social", "personal data server of a Bluesky account that public alerts are posted to"),
        new("Deliveries:Bluesky:0:Handle", "", "its handle"),
        new("Deliveries:Bluesky:0:AppPassword", "", "an app password of it; better given in the environment"),
        new("Deliveries:Bluesky:0:Neighbourhoods", "", "slugs that it speaks for, separated by blanks; empty: all"),
        new("Map:StyleUrl", "", "MapLibre style; empty: the map draws what it knows itself"),
        new("Feeds:0:Url", "", "a feed to poll, https; the next is Feeds:1"),
        new("Feeds:0:Format", "", "waze, datex2, or cap (CAP by Atom or RSS)"),
        new("Feeds:0:Every", "120", "seconds from poll to poll, at least 15"),
        new("Feeds:0:Name", "", "what metrics and pages call it; empty: its host"),
        new("Feeds:0:Authorization", "", "the request's Authorization header, a secret"),
        new("Feeds:0:CapHosts", "", "other hosts that hold its CAP files, separated by blanks"),
        new("Areas:Zoom", "14", "quadkey zoom of an area, 8..22; fixed once there is data"),
    ];

    /// <summary>Whether a key may be given.</summary>
    public static bool IsKnown(string key) =>
        All.Any(setting => setting.Key.Equals(Index.Replace(key, ":0:"), StringComparison.OrdinalIgnoreCase))
        || HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || OpenSections.Any(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
}
