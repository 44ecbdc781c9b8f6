using System.Security.Authentication;
using MQTTnet;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>Says to an operator why there is no connection: what to look at, without secrets.</summary>
internal static class BrokerWords
{
    /// <summary>Why it let nobody in.</summary>
    public static string Of(MqttClientConnectResult refusal) => refusal.ResultCode switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
            $"it refuses Mqtt:BrokerUser, Mqtt:BrokerPassword or the client certificate ({refusal.ResultCode})",
        MqttClientConnectResultCode.ClientIdentifierNotValid => "it refuses Mqtt:BrokerSession as a client id",
        var code => $"it refuses the connection ({code}{Reason(refusal.ReasonString)})",
    };

    /// <summary>Why a connection ended.</summary>
    public static string Of(MqttClientDisconnectedEventArgs end) => end.Reason switch
    {
        MqttClientDisconnectReason.SessionTakenOver => "another client uses the same client id: Mqtt:BrokerSession must differ between silos",
        _ when end.Exception is { } exception => Of(exception),
        _ when end.ConnectResult is { } refusal && refusal.ResultCode != MqttClientConnectResultCode.Success => Of(refusal),
        // Mosquitto 2.0 says nothing when it closes a connection because another has come with the same client id.
        MqttClientDisconnectReason.NormalDisconnection or MqttClientDisconnectReason.UnspecifiedError =>
            "it closed the connection; if that repeats, look whether another silo has the same Mqtt:BrokerSession",
        var reason => $"it ended the connection ({reason}{Reason(end.ReasonString)})",
    };

    /// <summary>Why something failed: its innermost cause.</summary>
    public static string Of(Exception failure)
    {
        if (failure is OperationCanceledException)
            return "it does not answer";
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return $"TLS failed, see Mqtt:BrokerAuthority, Mqtt:BrokerCertificate and the host's name in Mqtt:Broker: {cause.GetBaseException().Message}";
        }

        return failure.GetBaseException().Message;
    }

    private static string Reason(string? given) => string.IsNullOrEmpty(given) ? "" : $", {given}";
}
