using CivicSignals.Ingest.Intake;
using CivicSignals.Ingest.Pipeline;

namespace CivicSignals.Tests.Ingest.Intake;

/// <summary>Messages that machines took from a broker in one order and passed on in another.</summary>
public sealed class OrderWindowTests
{
    private readonly OrderWindow _window = new(topic => topic == "description");

    [Fact]
    public void Turn_JustCome_WaitsForAWholeTurn()
    {
        Add(1);
        Assert.Empty(_window.Turn());
        Assert.False(_window.IsEmpty);
        Assert.Equal(["1"], Turn());
        Assert.True(_window.IsEmpty);
    }

    [Fact]
    public void Turn_BatchesOfTwoMachines_AreInOrderOfReceipt()
    {
        Add(2, 4);
        Add(1, 3, 5);
        _window.Turn();
        Assert.Equal(["1", "2", "3", "4", "5"], Turn());
    }

    [Fact]
    public void Turn_EarlierMessageThatCameATurnLater_GoesWithTheLater()
    {
        Add(2);
        _window.Turn();
        Add(1, 3);
        Assert.Equal(["1", "2"], Turn());
        Assert.Equal(["3"], Turn());
    }

    /// <summary>A description that a broker had kept comes before what its devices say.</summary>
    [Fact]
    public void Turn_SaidNobodyKnowsWhen_IsFirst()
    {
        Add(2);
        _window.Add(new IntakeBatch(7, [Message("description", DateTimeOffset.MinValue)]));
        _window.Turn();
        Assert.Equal(["description", "2"], Turn());
    }

    /// <summary>Sent in this order within a moment, by way of two machines.</summary>
    [Fact]
    public void Turn_DescriptionReceivedJustAfterWhatItsDeviceSays_IsFirst()
    {
        Add(100);
        Describe(105);
        _window.Turn();
        Assert.Equal(["description", "100"], Turn());
    }

    [Fact]
    public void Turn_DescriptionReceivedWellAfter_KeepsItsPlace()
    {
        Add(100);
        Describe(125);
        _window.Turn();
        Assert.Equal(["100", "description"], Turn());
    }

    [Fact]
    public void Turn_OneMoment_KeepsTheOrderOfComing()
    {
        for (var n = 0; n < 50; n++)
            _window.Add(new IntakeBatch(7, [Message($"{n}", DateTimeOffset.UnixEpoch)]));
        _window.Turn();
        Assert.Equal(Enumerable.Range(0, 50).Select(n => $"{n}"), Turn());
    }

    [Fact]
    public async Task Add_ReadInTwoTurns_IsSettledWithBoth()
    {
        Add(2);
        _window.Turn();
        var batch = Add(1, 3);
        foreach (var held in _window.Turn().Where(held => held.Batch == batch))
            held.Batch.Settle(held.Index, MessageOutcome.Ambient);
        Assert.False(batch.Settled.IsCompleted);
        foreach (var held in _window.Turn())
            held.Batch.Settle(held.Index, MessageOutcome.Rejected("why"));
        Assert.Equal([MessageStatus.Accepted, MessageStatus.Rejected], (await batch.Settled)!.Select(outcome => outcome.Status));
    }

    private string[] Turn() => [.. _window.Turn().Select(held => held.Message.Topic)];

    private HeldBatch Add(params int[] moments) =>
        _window.Add(new IntakeBatch(7, Array.ConvertAll(moments, moment => Message($"{moment}", DateTimeOffset.UnixEpoch.AddMilliseconds(moment)))));

    private void Describe(int moment) => _window.Add(new IntakeBatch(7, [Message("description", DateTimeOffset.UnixEpoch.AddMilliseconds(moment))]));

    private static InboundMessage Message(string topic, DateTimeOffset at) => new() { Via = "mqtt", Topic = topic, Payload = default, ReceivedAt = at };
}
