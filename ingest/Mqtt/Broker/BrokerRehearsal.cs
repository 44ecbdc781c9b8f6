using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// Goes the way from the broker to the other silos once, with nothing that counts, before this silo's session is connected. The broker hands over what it has the moment that it is, and a
/// program that does something for the first time compiles it first: on a busy machine those messages waited two seconds.
/// </summary>
internal sealed class BrokerRehearsal(BrokerConnection connection, IMessageIntake messages, IOptions<BrokerOptions> options, TimeProvider time, ILogger<BrokerRehearsal> log)
{
    /// <summary>What is not there by then is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private string Topic => $"civic-signals/rehearsals/{options.Value.BrokerGroup}/{options.Value.Session}";

    /// <summary>Does it. A broker or silos that do not answer are no news yet.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(closing, patience.Token);
        await Task.WhenAll(messages.RehearseAsync(ending.Token), HearOneselfAsync(ending.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Connects, subscribes, publishes, takes a message, acknowledges it and closes.</summary>
    private async Task HearOneselfAsync(CancellationToken ending)
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(ending);
        ValueTask<MessageOutcome> Hear(MqttApplicationMessage message)
        {
            heard.CancelAfter(TimeSpan.Zero);
            return new(MessageOutcome.Ambient);
        }

        var subscription = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(Topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var word = new MqttApplicationMessage { Topic = Topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
        var line = new BrokerLine(connection.Client(log), connection.Passing("rehearsal"), [subscription], Hear, () => Task.CompletedTask, word);
        await line.RunAsync(() => { }, heard.Token, ending);
    }
}
