using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CivicSignals.Homes;
using CivicSignals.Signals;

namespace CivicSignals.Dashboard.Api;

// A required member that is absent makes a body that is none; one that is null or out of range is refused by whoever reads it.

/// <summary>Where a home stands.</summary>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="UncertaintyM">Metres; absent: 15.</param>
public record PlaceBody(
    [property: JsonRequired, Range(-85, 85)] double Lat,
    [property: JsonRequired, Range(-180, 180)] double Lon,
    [property: Range(0, 1_000_000)] double? UncertaintyM = null)
{
    [JsonIgnore]
    public Place Place => new(Lat, Lon, UncertaintyM ?? HomeDraft.DefaultUncertaintyM);
}

/// <summary>A home to be.</summary>
/// <param name="Lat">Degrees.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="UncertaintyM">Metres; absent: 15.</param>
/// <param name="Kind">What it is; absent: <c>dwelling</c>.</param>
/// <param name="Consents">The purposes consented to; absent: fire, police and ambulance.</param>
/// <param name="Gateway">To claim one: the gateway's name.</param>
/// <param name="Secret">To claim one: its claim secret.</param>
public sealed record DraftBody(
    double Lat,
    double Lon,
    double? UncertaintyM = null,
    [property: StringLength(40, MinimumLength = 1)] string? Kind = null,
    Consents? Consents = null,
    string? Gateway = null,
    string? Secret = null) : PlaceBody(Lat, Lon, UncertaintyM)
{
    [JsonIgnore]
    public HomeDraft Draft => new(Place, Kind ?? "dwelling", Consents ?? HomeDraft.DefaultConsents);
}

/// <summary>What a home's people sign in with.</summary>
/// <param name="Gateway">The home's name: that of its gateway.</param>
/// <param name="Key">Their key.</param>
public sealed record KeyBody(
    [property: JsonRequired, MaxLength(64)] string Gateway,
    [property: JsonRequired, MaxLength(100)] string Key);

/// <summary>What a home consents to, all of it.</summary>
/// <param name="Consents">The purposes.</param>
public sealed record ConsentsBody([property: JsonRequired] Consents Consents);

/// <summary>Which room a device is in.</summary>
/// <param name="Device">The device's id, as the home lists it.</param>
/// <param name="Room">The room's name; null or absent: none.</param>
public sealed record RoomBody(
    [property: JsonRequired] string Device,
    [property: MaxLength(HomeDevice.LongestRoom)] string? Room = null);

/// <summary>Which response to restore.</summary>
/// <param name="Hazard">Of what the false calls were.</param>
/// <param name="Service">To whom: <c>police</c>.</param>
/// <param name="Note">How the cause was fixed.</param>
public sealed record RestoreBody(
    [property: JsonRequired] Hazard Hazard,
    [property: JsonRequired] string Service,
    [property: MaxLength(1000)] string? Note = null);

/// <summary>Which secret to replace.</summary>
/// <param name="Credential"><c>mqtt</c>: the gateway's password; <c>resident</c>: the key of the home's people.</param>
public sealed record CredentialBody([property: JsonRequired] HomeCredential Credential);
