using CivicSignals.Ingest.Pipeline;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// One connection to the external broker, from its beginning to its end. It is never made twice: a late acknowledgement would else go out on the
/// next connection, where the same packet identifier is another message.
/// </summary>
/// <param name="client">Not connected; it ends with the line.</param>
/// <param name="options">How to connect.</param>
/// <param name="filters">What to subscribe to.</param>
/// <param name="take">Takes a message as it comes; what it becomes is awaited behind, in order.</param>
/// <param name="room">Completes when there is room for another message.</param>
/// <param name="greeting">To be published once subscribed; null: nothing.</param>
/// <param name="farewell">To be published when it has closed as told, so that nobody waits for the will of <paramref name="options"/>; null: nothing.</param>
internal sealed class BrokerLine(
    IMqttClient client,
    MqttClientOptions options,
    IEnumerable<MqttClientSubscribeOptions> filters,
    Func<MqttApplicationMessage, ValueTask<MessageOutcome>> take,
    Func<Task> room,
    MqttApplicationMessage? greeting = null,
    MqttApplicationMessage? farewell = null)
{
    private readonly OrderedAnswers _answers = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosing;

    /// <summary>Connects and takes messages until it is told to close, or the connection ends.</summary>
    /// <param name="connected">Called once it is subscribed.</param>
    /// <param name="closing">Takes no more messages, waits until those that were taken are acknowledged, and says goodbye; the broker keeps the others.</param>
    /// <param name="abandon">Gives that wait up.</param>
    /// <exception cref="BrokerLostException">It could not connect, or the connection ended: what is not acknowledged comes again.</exception>
    public async Task RunAsync(Action connected, CancellationToken closing, CancellationToken abandon)
    {
        using var ended = client;
        client.DisconnectedAsync += end =>
        {
            _ended.TrySetResult(BrokerWords.Of(end));
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += TakeAsync;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        var answering = _answers.RunAsync(ending.Token);
        try
        {
            await OpenAsync(closing);
            connected();
            await UntilEndAsync(answering, closing);
            if (farewell is not null)
                await client.PublishAsync(farewell, abandon);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), abandon);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // Told to close while it connected, or not to wait any longer: what is not acknowledged comes again.
        }
        catch (Exception e) when (e is not BrokerLostException)
        {
            throw new BrokerLostException(BrokerWords.Of(e), e);
        }
        finally
        {
            _isClosing = true;
            await ending.CancelAsync();
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Its failure is on its way up already.
        }
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        try
        {
            await room();
            if (_isClosing)
                return; // Neither counted nor acknowledged: it comes again.
            var outcome = take(received.ApplicationMessage);
            if (received.ApplicationMessage.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
                _answers.Owe(outcome, received.AcknowledgeAsync);
        }
        catch (Exception e)
        {
            _ended.TrySetResult($"a message could not be taken ({e.GetType().Name})"); // The client would only note it and go on.
        }
    }

    private async Task OpenAsync(CancellationToken closing)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(closing);
        patience.CancelAfter(BrokerConnection.Patience);
        var connection = await client.ConnectAsync(options, patience.Token);
        if (connection.ResultCode != MqttClientConnectResultCode.Success)
            throw new BrokerLostException(BrokerWords.Of(connection));
        foreach (var subscription in filters)
        {
            var granted = await client.SubscribeAsync(subscription, patience.Token);
            foreach (var item in granted.Items)
            {
                if (item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1)
                    throw new BrokerLostException($"it does not grant {item.TopicFilter.Topic} at QoS 1: {item.ResultCode}");
            }
        }

        if (greeting is not null && (await client.PublishAsync(greeting, patience.Token)) is { IsSuccess: false } refused)
            throw new BrokerLostException($"it refuses {greeting.Topic}, by which silos know of each other: {refused.ReasonCode}");
    }

    private async Task UntilEndAsync(Task answering, CancellationToken closing)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (closing.Register(told.SetResult))
            await Task.WhenAny(answering, _ended.Task, told.Task);
        if (told.Task.IsCompleted)
        {
            _isClosing = true;
            _answers.Complete();
            await Task.WhenAny(answering, _ended.Task);
        }

        if (!answering.IsCompleted)
            throw new BrokerLostException(await _ended.Task);
        await answering;
    }
}
