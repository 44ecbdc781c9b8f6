using System.IO.Pipelines;
using CivicSignals.Ingest.Pipeline;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace CivicSignals.Ingest.Mqtt;

/// <summary>Takes Kestrel's connections to the MQTT server, with the protections that the server lacks.</summary>
internal sealed class MqttEntrance(
    IMessageIntake messages,
    SignalPipeline pipeline,
    MqttGate gate,
    HomePrefix prefix,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<MqttEntrance> log) : ConnectionHandler, IMqttServerAdapter
{
    /// <summary>How long a connection may stay without being admitted.</summary>
    public static readonly TimeSpan AdmissionDeadline = TimeSpan.FromSeconds(10);

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;

    public void Dispose()
    {
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (ClientHandler is not { } serve)
            return;
        var limits = new PacketLimits(connection.Transport.Input);
        var answers = new AnswerOutput(connection.Transport.Output);
        connection.Transport = new Duplex(limits, answers);
        var peer = new Peer(connection, limits);
        using var channel = new PeerChannel(peer, peer.OpenChannel(), answers, messages, pipeline, gate, prefix, time, log);
        metrics.Connected();
        try
        {
            await using var deadline = time.CreateTimer(AbortUnlessAdmitted, peer, AdmissionDeadline, Timeout.InfiniteTimeSpan);
            await serve(channel);
            await channel.SayWillAsync();
        }
        finally
        {
            answers.Close();
            gate.Left(peer);
            metrics.Disconnected();
            if (peer.Offence is { } offence)
                Report(peer, offence);
        }
    }

    private void Report(Peer peer, string offence)
    {
        IngestLog.ConnectionClosed(log, offence);
        if (peer.IsAdmitted)
            pipeline.RejectUnread("mqtt", offence, time.GetUtcNow());
    }

    private static void AbortUnlessAdmitted(object? state)
    {
        if (state is Peer { IsAdmitted: false } peer)
            peer.Abort("it was not admitted in time");
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
