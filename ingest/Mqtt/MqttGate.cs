using System.Collections.Concurrent;
using System.Net;
using CivicSignals.Ingest.Registration;
using CivicSignals.Ingest.Silence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>Who may come in, and what they may subscribe to.</summary>
internal sealed class MqttGate : IDisposable
{
    private const int MaxFilters = 50;
    private const int MaxIdLength = 256;

    /// <summary>Where a session keeps its filters.</summary>
    private static readonly object FiltersKey = new();

    private readonly ConcurrentDictionary<string, Peer> _clients = new();
    private readonly Registry _registry;
    private readonly GatewayConnections _connections;
    private readonly bool _anonymous;
    private readonly ILogger _log;

    public MqttGate(Registry registry, GatewayConnections connections, IOptions<MqttOptions> options, ILogger<MqttGate> log)
    {
        (_registry, _connections, _anonymous, _log) = (registry, connections, options.Value.Anonymous, log);
        registry.Ended += End;
    }

    /// <summary>Whether the platform is stopping: nobody comes in, nothing new is taken.</summary>
    public bool IsClosing { get; private set; }

    public void Close() => IsClosing = true;

    public static string NewClientId() => $"client-{Guid.NewGuid():N}";

    public Task ValidateAsync(ValidatingConnectionEventArgs connection)
    {
        var peer = ((PeerChannel)connection.ChannelAdapter).Peer;
        var reason = Validate(connection, peer);
        if (reason != MqttConnectReasonCode.Success)
            IngestLog.ConnectionRefused(_log, reason.ToString());
        connection.ReasonCode = reason;
        return Task.CompletedTask;
    }

    public static Task SubscribeAsync(InterceptingSubscriptionEventArgs subscription)
    {
        var user = string.IsNullOrEmpty(subscription.UserName) ? null : subscription.UserName;
        var filters = (HashSet<string>)subscription.SessionItems[FiltersKey]!;
        var filter = subscription.TopicFilter.Topic;
        if (TopicRules.MaySubscribe(filter, user) && (filters.Contains(filter) || filters.Count < MaxFilters))
        {
            filters.Add(filter);
        }
        else
        {
            subscription.ProcessSubscription = false;
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError; // 0x80: the one refusal that both versions know.
        }

        return Task.CompletedTask;
    }

    public static Task UnsubscribeAsync(InterceptingUnsubscriptionEventArgs unsubscription)
    {
        ((HashSet<string>)unsubscription.SessionItems[FiltersKey]!).Remove(unsubscription.Topic);
        return Task.CompletedTask;
    }

    public void Dispose() => _registry.Ended -= End;

    /// <summary>Gives a client's name free.</summary>
    public void Left(Peer peer)
    {
        _clients.TryRemove(KeyValuePair.Create(peer.ClientId, peer));
        if (peer.IsAdmitted)
            _connections.Went(peer.User, withoutAWord: !peer.HasLeft && !IsClosing);
    }

    /// <summary>Ends a user's connections at once: nothing more is taken from them, no will either.</summary>
    private void End(string user)
    {
        foreach (var peer in _clients.Values)
        {
            if (peer.User == user)
                peer.End("its credential has ended");
        }
    }

    private MqttConnectReasonCode Validate(ValidatingConnectionEventArgs connection, Peer peer)
    {
        if (IsClosing)
            return MqttConnectReasonCode.ServerUnavailable;
        var version = _registry.Version;
        if (!TryIdentify(connection, out var user))
            return MqttConnectReasonCode.BadUserNameOrPassword;
        if (peer.Will is { } will && TopicRules.Offence(will.Topic, user) is not null)
            return MqttConnectReasonCode.NotAuthorized;

        var clientId = connection.ClientId;
        if (string.IsNullOrEmpty(clientId) && connection.ProtocolVersion == MqttProtocolVersion.V500)
            connection.AssignedClientIdentifier = clientId = NewClientId();
        if (!IsPlain(clientId) || !TryClaim(clientId, user, peer))
            return MqttConnectReasonCode.ClientIdentifierNotValid;
        if (version != _registry.Version && !TryIdentify(connection, out _))
        {
            // Its credential ended while it came in, perhaps too late for its connection to be found.
            peer.Dismiss();
            Left(peer);
            return MqttConnectReasonCode.BadUserNameOrPassword;
        }

        connection.SessionItems[FiltersKey] = new HashSet<string>();
        _connections.Came(user);
        return MqttConnectReasonCode.Success;
    }

    private bool TryIdentify(ValidatingConnectionEventArgs connection, out string? user)
    {
        user = connection.UserName;
        if (!string.IsNullOrEmpty(user))
            return IsPlain(user) && _registry.Admits(user, connection.RawPassword ?? []);
        user = null;
        return _anonymous && connection.RemoteEndPoint is IPEndPoint remote && IPAddress.IsLoopback(remote.Address);
    }

    /// <summary>A client id belongs to who uses it: another user cannot take the connection over.</summary>
    private bool TryClaim(string clientId, string? user, Peer peer)
    {
        peer.Admit(user, clientId);
        var holder = _clients.AddOrUpdate(clientId, peer, (_, current) => current.User == user ? peer : current);
        if (ReferenceEquals(holder, peer))
            return true;
        peer.Dismiss();
        return false;
    }

    private static bool IsPlain(string? id) => id is { Length: > 0 and <= MaxIdLength } && !id.Any(char.IsControl) && TopicRules.IsWellFormed(id);
}
