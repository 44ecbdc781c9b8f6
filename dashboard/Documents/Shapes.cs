using System.ComponentModel.DataAnnotations;
using CivicSignals.Alerts;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Documents;

// Shapes of answers that are put together from the ledger's own lines, and of bodies that are read by hand: for the document only.

/// <summary>A page of incidents.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">What to send as <c>cursor</c> for the next page; null: this is the last.</param>
public sealed record IncidentPage(IReadOnlyList<IncidentLine> Items, string? Next);

/// <summary>An incident line with its whole record.</summary>
/// <param name="Evidence">What is weighed, and after it what no longer is.</param>
/// <param name="EvidenceLog">Every piece of evidence as it came, oldest first.</param>
/// <param name="Alerts">Every version of every alert, to every audience.</param>
/// <param name="Actions">What people did.</param>
/// <param name="Posts">The public posts among the evidence, each under the <c>event</c> of its evidence.</param>
/// <param name="WouldConfirm">What is missing for each confirmation rule, while it is open and unconfirmed.</param>
public sealed record IncidentWithRecord(
    IReadOnlyList<ListedEvidence> Evidence, IReadOnlyList<Evidence> EvidenceLog, IReadOnlyList<Alert> Alerts, IReadOnlyList<ActionLine> Actions,
    IReadOnlyDictionary<string, PostText?> Posts, IReadOnlyList<WouldConfirm> WouldConfirm);

/// <summary>A public post among an incident's evidence; null where its author has deleted it.</summary>
/// <param name="Text">As plain text.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="At">When the network delivered it.</param>
public sealed record PostText(string Text, string Url, DateTimeOffset At);

/// <summary>A piece of evidence as it is weighed, or as it came.</summary>
public sealed record ListedEvidence;

/// <summary>What to do to an incident.</summary>
/// <param name="Action">The verb.</param>
/// <param name="Note">Why.</param>
/// <param name="Into">To <c>merge</c>: the open incident that takes this one over.</param>
/// <param name="Evidence">To <c>split</c>: what leaves, each as <c>source kind</c>.</param>
/// <param name="Merged">To <c>undo-merge</c>: the merged incident that becomes one of its own again; absent: the one merged last.</param>
public sealed record ActionBody(
    ActionVerb Action, [property: MaxLength(1000)] string? Note = null, string? Into = null, IReadOnlyList<string>? Evidence = null, string? Merged = null);

/// <summary>What became of an action.</summary>
/// <param name="Result"><c>done</c>: done and on disk; <c>unchanged</c>: it was so already; <c>accepted</c>: on disk, and done as soon as the area of the other incident answers.</param>
public sealed record ActionAnswer(string Result);

/// <summary>GeoJSON (RFC 7946): longitude first.</summary>
/// <param name="Type">Always <c>FeatureCollection</c>.</param>
/// <param name="Features">The features.</param>
public sealed record FeatureList<T>(string Type, IReadOnlyList<Feature<T>> Features)
    where T : notnull;

/// <summary>One GeoJSON feature.</summary>
/// <param name="Type">Always <c>Feature</c>.</param>
/// <param name="Id">The alert's id, or the neighbourhood's slug.</param>
/// <param name="Geometry">An alert's public centre, or a neighbourhood's shape.</param>
/// <param name="Properties">What it is.</param>
public sealed record Feature<T>(string Type, string Id, Geometry Geometry, T Properties)
    where T : notnull;

/// <summary>A GeoJSON geometry.</summary>
/// <param name="Type"><c>Point</c>, <c>Polygon</c> or <c>MultiPolygon</c>.</param>
/// <param name="Coordinates">As its type has them.</param>
public sealed record Geometry(string Type, IReadOnlyList<object> Coordinates);

/// <summary>A public alert with its addresses.</summary>
/// <param name="Web">Its page.</param>
/// <param name="Cap">Its CAP 1.2 document.</param>
public sealed record AlertProperties(string Web, string Cap)
{
    /// <summary>The shape of its neighbourhood; absent outside all of them.</summary>
    public Geometry? Area { get; init; }
}

/// <summary>A neighbourhood with its addresses.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Slug">As addresses do.</param>
/// <param name="Web">Its page.</param>
/// <param name="Feed">Its Atom feed.</param>
public sealed record NeighbourhoodProperties(string Name, string Slug, string Web, string Feed);

/// <summary>A list of homes to register, in the registry file's form.</summary>
/// <param name="Premises">At most 10,000.</param>
public sealed record HomeList([property: MaxLength(10_000)] IReadOnlyList<HomeListLine> Premises);

/// <summary>One home of a list. Without a place it is a gateway that its people claim.</summary>
/// <param name="Gateway">Name of the gateway.</param>
public sealed record HomeListLine([property: StringLength(64, MinimumLength = 1)] string Gateway)
{
    /// <summary>Id of the premises; absent: one is made.</summary>
    public string? Id { get; init; }

    /// <summary>The gateway's MQTT secret; absent: one is made and shown once.</summary>
    public string? Secret { get; init; }

    /// <summary>Degrees.</summary>
    [Range(-85, 85)]
    public double? Lat { get; init; }

    /// <summary>Degrees.</summary>
    [Range(-180, 180)]
    public double? Lon { get; init; }

    /// <summary>Metres; absent: 15.</summary>
    [Range(0, 1_000_000)]
    public double? UncertaintyM { get; init; }

    /// <summary>What it is; absent: <c>dwelling</c>.</summary>
    [MaxLength(40)]
    public string? Kind { get; init; }

    /// <summary>The purposes consented to; absent: fire, police and ambulance.</summary>
    public Consents? Consents { get; init; }
}

/// <summary>A secret, shown this once.</summary>
/// <param name="Gateway">Whose.</param>
/// <param name="Secret">The new one.</param>
public sealed record NewSecret(string Gateway, string Secret);

/// <summary>The sign-in page's form.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The password.</param>
/// <param name="ReturnUrl">Where to go then: a path on this site.</param>
public sealed record SignInForm([property: MaxLength(100)] string Name, [property: MaxLength(1000)] string Password, [property: MaxLength(2000)] string? ReturnUrl = null);
