using CivicSignals.Homes;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Api;

/// <summary>A home to be, or only its place. What is absent is as by default.</summary>
internal sealed record DraftBody(double? Lat, double? Lon, double? UncertaintyM, string? Kind, Consents? Consents, string? Gateway, string? Secret)
{
    public Place? Place => Lat is { } lat && Lon is { } lon ? new Place(lat, lon, UncertaintyM ?? HomeDraft.DefaultUncertaintyM) : null;

    public HomeDraft? Draft => Place is { } place ? new HomeDraft(place, Kind ?? "dwelling", Consents ?? HomeDraft.DefaultConsents) : null;
}

internal sealed record KeyBody(string? Gateway, string? Key);

internal sealed record ConsentsBody(Consents? Consents);

internal sealed record RoomBody(string? Device, string? Room);

internal sealed record CredentialBody(HomeCredential? Credential);
