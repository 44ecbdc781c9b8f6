using System.Text.RegularExpressions;
using CivicSignals.Alerts;
using CivicSignals.Areas;
using CivicSignals.Incidents;
using CivicSignals.Signals;

namespace CivicSignals.Homes;

/// <summary>
/// Takes a home out of records: <see cref="Word"/> in place of its sources, a square of about a kilometre in place of its place. What happened, when
/// and how often stays readable. Pure.
/// </summary>
public sealed class Erasure(HomeRevision home)
{
    /// <summary>What stands in place of an erased home.</summary>
    public const string Word = "erased";

    /// <summary>Closer to an erased home than so, metres, a place tells where it is.</summary>
    private const double TellingM = 25;

    private readonly List<Place> _places = [];

    /// <summary>Learns where the home was, from all evidence of an incident, before the incident's lines and alerts are rewritten.</summary>
    public void Learn(IncidentLine line)
    {
        foreach (var evidence in line.Evidence)
        {
            if (home.Owns(evidence.Source))
                _places.Add(new Place(evidence.Lat, evidence.Lon, 0));
        }
    }

    /// <summary>As <see cref="Learn(IncidentLine)"/>.</summary>
    public void Learn(Evidence evidence)
    {
        if (home.Owns(evidence.Source, evidence.Premises))
            _places.Add(evidence.Place);
    }

    public Evidence Of(Evidence evidence) => !home.Owns(evidence.Source, evidence.Premises) ? evidence : evidence with
    {
        Source = Word,
        Place = PublicShape.Square(evidence.Place),
        Consents = Consents.None,
        Premises = null,
        Group = null,
        Event = null,
        Make = null,
        Companions = null,
        Reliability = null,
    };

    public Incident Of(Incident incident) => !incident.Evidence.Any(e => home.Owns(e.Source, e.Premises)) ? incident : incident with
    {
        Evidence = [.. incident.Evidence.Select(Of)],
        Confirmation = Of(incident.Confirmation),
        Alerts = [.. incident.Alerts.Select(track => track with { Confirmation = Of(track.Confirmation) })],
        Provenance = incident.Provenance is { } provenance ? provenance with { Merged = [.. provenance.Merged.Select(Of)] } : null,
    };

    public IncidentLine Of(IncidentLine line)
    {
        var centre = Hide(new Place(line.Lat, line.Lon, line.RadiusM));
        return line with
        {
            Lat = centre.Lat,
            Lon = centre.Lon,
            RadiusM = centre.UncertaintyM,
            Confirmation = Of(line.Confirmation),
            Evidence = [.. line.Evidence.Select(Of)],
            FalseCalls = line.FalseCalls?.Where(standing => home.Reporter is not null || standing.Premises != home.Premises).ToList() is { Count: > 0 } others ? others : null,
            MergedFrom = line.MergedFrom is { } merged ? [.. merged.Select(Of)] : null,
        };
    }

    public Alert Of(Alert alert)
    {
        if (alert.Audience == Audience.Public)
            return alert; // It names no home and no place of one.
        var centre = Hide(new Place(alert.Lat, alert.Lon, alert.RadiusM));
        return alert with { Lat = centre.Lat, Lon = centre.Lon, RadiusM = centre.UncertaintyM, Confirmation = Of(alert.Confirmation) };
    }

    public ActionLine Of(ActionLine action)
    {
        var names = home.Reporter is { } reporter ? Regex.Escape(reporter) : $"{Regex.Escape(home.Gateway)}|{Regex.Escape(home.Premises)}";
        return action with { Note = Regex.Replace(action.Note, $@"(?<!\w)(?:{names})(?!\w)", Word, RegexOptions.CultureInvariant) };
    }

    private EvidenceLine Of(EvidenceLine line)
    {
        if (!home.Owns(line.Source))
            return line;
        var square = PublicShape.Square(new Place(line.Lat, line.Lon, 0));
        return line with { Source = Word, Lat = square.Lat, Lon = square.Lon };
    }

    private Confirmation? Of(Confirmation? confirmation) => confirmation is null ? null : confirmation with { By = [.. confirmation.By.Select(Of)] };

    private Merger Of(Merger merger) => merger with { Evidence = [.. merger.Evidence.Select(Of)] };

    /// <summary>Evidence's name is <c>source kind</c>; a kind has no blanks.</summary>
    private string Of(string name) => name.LastIndexOf(' ') is > 0 and var end && home.Owns(name[..end]) ? $"{Word}{name[end..]}" : name;

    private Place Hide(Place place) => _places.Any(known => Geo.DistanceM(known, place) < TellingM) ? PublicShape.Square(place) : place;
}
