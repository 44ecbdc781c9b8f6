using System.Collections.Concurrent;
using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest;

public sealed class OrderedAnswersTests
{
    private readonly ConcurrentQueue<int> _acknowledged = new();
    private readonly OrderedAnswers _answers = new();

    [Fact]
    public async Task Run_SettledInAnotherOrder_AcknowledgesInTheOrderOfArrival()
    {
        var settled = Enumerable.Range(0, 5).Select(i => Owe(i)).ToArray();
        var running = _answers.RunAsync(CancellationToken.None);

        for (var i = 4; i > 0; i--)
            settled[i].SetResult(MessageOutcome.Ambient);
        Assert.Empty(_acknowledged);
        settled[0].SetResult(MessageOutcome.Ambient);
        _answers.Complete();
        await running.WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken);

        Assert.Equal([0, 1, 2, 3, 4], _acknowledged);
    }

    [Fact]
    public async Task Run_OneFails_AcknowledgesNeitherItNorWhatFollows()
    {
        var settled = Enumerable.Range(0, 3).Select(i => Owe(i)).ToArray();
        var running = _answers.RunAsync(CancellationToken.None);

        settled[2].SetResult(MessageOutcome.Ambient);
        settled[0].SetResult(MessageOutcome.Rejected(Reasons.NotJson));
        settled[1].SetResult(MessageOutcome.Failed(Reasons.AreaUnavailable));

        await Assert.ThrowsAsync<BrokerLostException>(() => running.WaitAsync(MqttTown.Patience, TestContext.Current.CancellationToken));
        Assert.Equal([0], _acknowledged);
    }

    private TaskCompletionSource<MessageOutcome> Owe(int number)
    {
        var settled = new TaskCompletionSource<MessageOutcome>();
        _answers.Owe(new(settled.Task), _ =>
        {
            _acknowledged.Enqueue(number);
            return Task.CompletedTask;
        });
        return settled;
    }
}
