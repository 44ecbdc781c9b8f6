using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace CivicSignals.Tests.Ingest;

public sealed class RejectedMessagesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RejectedMessages _messages;

    public RejectedMessagesTests() => _messages = new RejectedMessages("S1", _time);

    [Fact]
    public void TryFind_Held_GivesItAsItCameUntilItIsDropped()
    {
        var payload = new byte[] { 1, 2 };
        var again = _messages.Hold(Reasons.UnregisteredSource, Message(payload));
        payload[0] = 9; // The buffer is another message's now.

        Assert.Equal("S1/1", again);
        Assert.True(_messages.TryFind(1, out var message));
        Assert.Equal([1, 2], message.Payload.ToArray());
        _messages.Drop(1);
        Assert.False(_messages.TryFind(1, out _));
    }

    [Theory]
    [InlineData(Reasons.NotJson)]
    [InlineData(Reasons.TooLarge)]
    [InlineData(Reasons.ForeignTopic)]
    public void Hold_WhatNobodyCanMend_IsNotHeld(string reason) => Assert.Null(_messages.Hold(reason, Message([1])));

    [Fact]
    public void Hold_AfterAnHour_IsForgotten()
    {
        _messages.Hold(Reasons.NoPlace, Message([1]));
        _time.Advance(RejectedMessages.Held);
        Assert.False(_messages.TryFind(1, out _));
    }

    [Fact]
    public void Hold_MoreThanThereIsRoomFor_TheOldestGo()
    {
        for (var i = 0; i <= RejectedMessages.Capacity; i++)
            _messages.Hold(Reasons.NoPlace, Message([1]));
        Assert.False(_messages.TryFind(1, out _));
        Assert.True(_messages.TryFind(2, out _));

        var large = (int)(RejectedMessages.MostBytes / SignalPipeline.MaxPayload);
        for (var i = 0; i <= large; i++)
            _messages.Hold(Reasons.NoPlace, Message(new byte[SignalPipeline.MaxPayload]));
        Assert.False(_messages.TryFind(RejectedMessages.Capacity + 2, out _));
        Assert.True(_messages.TryFind(RejectedMessages.Capacity + 3, out _));
    }

    private static InboundMessage Message(byte[] payload) => new() { Via = "mqtt", Topic = "homes/gw9/zigbee2mqtt/a", Payload = payload, ReceivedAt = DateTimeOffset.UnixEpoch };
}
