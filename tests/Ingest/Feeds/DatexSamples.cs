namespace CivicSignals.Tests.Ingest.Feeds;

/// <summary>DATEX II publications in the documented shape.</summary>
internal static class DatexSamples
{
    public const string Point = """
        <sit:locationReference xsi:type="loc:PointLocation"><loc:pointByCoordinates><loc:pointCoordinates><loc:latitude>53.05</loc:latitude><loc:longitude>-2.99</loc:longitude></loc:pointCoordinates></loc:pointByCoordinates></sit:locationReference>
        """;

    /// <summary>A version 3 publication, as a road operator's message container holds it.</summary>
    public static string Version3(params string[] records) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <con:messageContainer xmlns:con="http://datex2.eu/schema/3/messageContainer" xmlns:com="http://datex2.eu/schema/3/common" xmlns:sit="http://datex2.eu/schema/3/situation"
          xmlns:loc="http://datex2.eu/schema/3/locationReferencing" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="3">
          <con:payload xsi:type="sit:SituationPublication" lang="en">
            <com:publicationTime>2026-01-10T08:00:00Z</com:publicationTime>
            {string.Concat(records.Select((record, i) => $"<sit:situation id=\"s{i}\">{record}</sit:situation>"))}
          </con:payload>
        </con:messageContainer>
        """;

    public static string Record(
        string type, string fields = "", string location = Point, string validity = "<com:validityStatus>active</com:validityStatus>", string probability = "certain",
        string id = "r1", string version = "2026-01-10T07:55:00+00:00") => $"""
        <sit:situationRecord xsi:type="sit:{type}" id="{id}" version="1">
          <sit:situationRecordCreationTime>2026-01-10T07:50:00Z</sit:situationRecordCreationTime>
          <sit:situationRecordVersionTime>{version}</sit:situationRecordVersionTime>
          <sit:probabilityOfOccurrence>{probability}</sit:probabilityOfOccurrence>
          <sit:validity>{validity}</sit:validity>{location}{fields}
        </sit:situationRecord>
        """;

    /// <summary>The same event in version 2's namespace and envelope.</summary>
    public const string Version2 = """
        <d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="2">
          <payloadPublication xsi:type="SituationPublication" lang="en">
            <situation id="s1" version="1">
              <situationRecord xsi:type="VehicleObstruction" id="r1" version="3">
                <situationRecordVersionTime>2026-01-10T07:55:00Z</situationRecordVersionTime>
                <probabilityOfOccurrence>probable</probabilityOfOccurrence>
                <validity><validityStatus>definedByValidityTimeSpec</validityStatus>
                  <validityTimeSpecification><overallStartTime>2026-01-10T07:00:00Z</overallStartTime><overallEndTime>2026-01-10T10:00:00Z</overallEndTime></validityTimeSpecification></validity>
                <groupOfLocations xsi:type="Linear">
                  <locationForDisplay><latitude>53.9</latitude><longitude>-2.9</longitude></locationForDisplay>
                  <tpegLinearLocation>
                    <to xsi:type="TpegNonJunctionPoint"><pointCoordinates><latitude>53.06</latitude><longitude>-2.99</longitude></pointCoordinates></to>
                    <from xsi:type="TpegNonJunctionPoint"><pointCoordinates><latitude>53.05</latitude><longitude>-2.99</longitude></pointCoordinates></from>
                  </tpegLinearLocation>
                </groupOfLocations>
                <vehicleObstructionType>vehicleOnFire</vehicleObstructionType>
              </situationRecord>
            </situation>
          </payloadPublication>
        </d2LogicalModel>
        """;
}
