using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest;

/// <summary>What ingest logs. Event ids 2000..2999.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(2000, LogLevel.Warning, "First start: MQTT user {Gateway}, password {Secret} (shown only here; kept hashed in {Path})")]
    public static partial void FirstGateway(ILogger log, string gateway, string secret, string path);

    [LoggerMessage(2001, LogLevel.Warning, "Mqtt:Anonymous is on: clients on this machine need no credentials. For a first try and for tests only")]
    public static partial void AnonymousIsOn(ILogger log);

    [LoggerMessage(2002, LogLevel.Information, "MQTT server is ready; metadata of {Count} gateway topics recalled")]
    public static partial void MqttReady(ILogger log, int count);

    [LoggerMessage(2003, LogLevel.Information, "MQTT server is stopping; {Unsettled} messages in flight")]
    public static partial void MqttStopping(ILogger log, int unsettled);

    [LoggerMessage(2004, LogLevel.Debug, "MQTT connection refused: {Reason}")]
    public static partial void ConnectionRefused(ILogger log, string reason);

    [LoggerMessage(2005, LogLevel.Debug, "MQTT connection closed by us: {Reason}")]
    public static partial void ConnectionClosed(ILogger log, string reason);

    [LoggerMessage(2010, LogLevel.Warning, "A batch of {Count} signals could not be handed to its area after {Attempts} attempts; they are not acknowledged")]
    public static partial void AreaFailed(ILogger log, Exception exception, int count, int attempts);

    [LoggerMessage(2011, LogLevel.Warning, "Gateway metadata could not be kept; it is not acknowledged")]
    public static partial void MemoryFailed(ILogger log, Exception exception);

    [LoggerMessage(2012, LogLevel.Error, "A decoder failed on a message; it was rejected")]
    public static partial void DecoderFailed(ILogger log, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning, "Stopped with {Unsettled} messages in flight; their senders will send them again")]
    public static partial void StoppedUnsettled(ILogger log, int unsettled);

    [LoggerMessage(2014, LogLevel.Information, "Registry file imported: {Added} homes are new, {Left} are left as people set them")]
    public static partial void RegistryImported(ILogger log, int added, int left);

    [LoggerMessage(2015, LogLevel.Warning, "Devices and times of homes could not be written down; they are kept for the next time")]
    public static partial void HomesNotRecorded(ILogger log, Exception exception);

    [LoggerMessage(2016, LogLevel.Warning, "Facts about homes could not be read or written down; they are kept for the next time")]
    public static partial void FactsNotRecorded(ILogger log, Exception exception);

    [LoggerMessage(2017, LogLevel.Warning, "A post could not be kept, found or removed; its frame is not acknowledged")]
    public static partial void PostFailed(ILogger log, Exception exception);

    [LoggerMessage(2020, LogLevel.Debug, "MQTT server: {Message}")]
    public static partial void MqttServerNote(ILogger log, Exception? exception, string message);

    [LoggerMessage(2021, LogLevel.Information, "Devices come through {Broker}: session {Session}, group {Group}; metadata of {Count} gateway topics recalled")]
    public static partial void BrokerChosen(ILogger log, string broker, string session, string group, int count);

    [LoggerMessage(2022, LogLevel.Information, "Connected to MQTT broker {Broker}")]
    public static partial void BrokerConnected(ILogger log, string broker);

    [LoggerMessage(2023, LogLevel.Warning, "No connection to the MQTT broker: {Reason}. Again in {Seconds:F1} s, and so on until it is there")]
    public static partial void BrokerLost(ILogger log, string reason, double seconds);

    [LoggerMessage(2024, LogLevel.Debug, "Still no connection to the MQTT broker: {Reason}. Again in {Seconds:F1} s")]
    public static partial void BrokerStillLost(ILogger log, string reason, double seconds);

    [LoggerMessage(2025, LogLevel.Information, "This silo reads for all what the MQTT broker keeps of gateways' descriptions")]
    public static partial void StoredDescriptionsRead(ILogger log);

    [LoggerMessage(2026, LogLevel.Warning, "What the MQTT broker keeps of gateways' descriptions is not read: {Reason}. Again in {Seconds:F1} s")]
    public static partial void StoredDescriptionsNotRead(ILogger log, string reason, double seconds);

    [LoggerMessage(2027, LogLevel.Warning, "Silo session {Session} is away: this silo takes what the MQTT broker has for it")]
    public static partial void SiloAbsent(ILogger log, string session);

    [LoggerMessage(2028, LogLevel.Information, "Silo session {Session} is left to its silo")]
    public static partial void StandInEnded(ILogger log, string session);

    [LoggerMessage(2029, LogLevel.Information, "What the MQTT broker has for absent silo session {Session} is not taken: {Reason}. Again in {Seconds:F1} s, unless it is back")]
    public static partial void StandInLost(ILogger log, string session, string reason, double seconds);

    [LoggerMessage(2019, LogLevel.Warning, "Which silos are away is not known from the MQTT broker: {Reason}. Again in {Seconds:F1} s")]
    public static partial void AbsentSilosUnknown(ILogger log, string reason, double seconds);

    [LoggerMessage(2030, LogLevel.Information, "Stream {Stream} is connected to {Host}")]
    public static partial void StreamConnected(ILogger log, string stream, string host);

    [LoggerMessage(2031, LogLevel.Warning, "Stream {Stream} ended: {Reason}; again in {Seconds:F0} s")]
    public static partial void StreamEnded(ILogger log, string stream, string reason, double seconds);

    [LoggerMessage(2032, LogLevel.Warning, "Stream {Stream}: the server says {Notice}")]
    public static partial void StreamNotice(ILogger log, string stream, string notice);

    [LoggerMessage(2033, LogLevel.Warning, "Stream {Stream} was away for longer than its server remembers; what came between is not read")]
    public static partial void StreamHasGap(ILogger log, string stream);

    [LoggerMessage(2034, LogLevel.Error, "Stream {Stream}: how far it has been read could not be kept at the stop; the next start reads some of it again ({Reason})")]
    public static partial void CursorNotSaved(ILogger log, string stream, string reason);

    [LoggerMessage(2040, LogLevel.Information, "Feed {Feed} is read: {Items} items, {GoingOn} of them evidence")]
    public static partial void FeedRead(ILogger log, string feed, int items, int goingOn);

    [LoggerMessage(2041, LogLevel.Warning, "Feed {Feed} could not be read: {Failure}. It is asked again in {Seconds} s")]
    public static partial void FeedFailed(ILogger log, string feed, string failure, int seconds);

    [LoggerMessage(2042, LogLevel.Warning, "What feed {Feed} says could not be kept; it is asked again")]
    public static partial void FeedNotKept(ILogger log, Exception exception, string feed);

    [LoggerMessage(2043, LogLevel.Error, "Polling feed {Feed} failed in a way that it should not")]
    public static partial void FeedFault(ILogger log, Exception exception, string feed);

    [LoggerMessage(2018, LogLevel.Warning, "What other machines changed of homes could not be read; it is read again")]
    public static partial void HomesNotSynced(ILogger log, Exception exception);

    [LoggerMessage(2050, LogLevel.Error, "{Messages} messages were not taken by the machine that reads their senders; they come again")]
    public static partial void ShareFailed(ILogger log, int messages);

    [LoggerMessage(2052, LogLevel.Information, "Silo {Silo} did not take a load of {Batches} batches; they are tried again")]
    public static partial void DeskFailed(ILogger log, Exception exception, SiloAddress silo, int batches);

    [LoggerMessage(2051, LogLevel.Warning, "No machine reads share {Share} of the senders now; it is asked for again")]
    public static partial void ShareNotWatched(ILogger log, Exception exception, int share);

    [LoggerMessage(2053, LogLevel.Warning, "Messages for share {Share} of the senders cannot be read now; they are tried again")]
    public static partial void ShareNotRead(ILogger log, Exception exception, int share);
}
