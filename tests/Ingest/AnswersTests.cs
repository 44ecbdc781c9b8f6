using System.IO.Pipelines;
using CivicSignals.Ingest.Mqtt;
using CivicSignals.Ingest.Pipeline;
using CivicSignals.Signals;
using MQTTnet;
using MQTTnet.Protocol;

namespace CivicSignals.Tests.Ingest;

public sealed class AnswersTests
{
    private readonly Pipe _pipe = new();
    private readonly AnswerOutput _output;
    private readonly Answers _answers;
    private int _failures;

    public AnswersTests()
    {
        _output = new AnswerOutput(_pipe.Writer);
        _answers = new Answers(_output, () => _failures++);
    }

    [Fact]
    public async Task Owe_BehindAMessageThatIsNotSettled_WaitsForIt()
    {
        var first = new TaskCompletionSource<MessageOutcome>();
        _answers.Owe(0x0102, MqttQualityOfServiceLevel.AtLeastOnce, false, first.Task);
        _answers.Owe(2, MqttQualityOfServiceLevel.ExactlyOnce, false, MessageOutcome.Ambient);
        Assert.False(_pipe.Reader.TryRead(out _));

        first.SetResult(MessageOutcome.Of(SignalOutcome.Evidence));

        Assert.Equal("400201025002" + "0002", await ReadAsync(8));
    }

    [Fact]
    public async Task Owe_WhileWhatArrivedIsTakenIn_LeavesTogether()
    {
        _output.Hold();
        _answers.Owe(1, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Ambient);
        _answers.Owe(2, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Ambient);
        Assert.False(_pipe.Reader.TryRead(out _));

        _output.Release();

        Assert.Equal("4002000140020002", await ReadAsync(8));
    }

    [Theory]
    [InlineData(true, Reasons.ForeignTopic, "4003000187")]
    [InlineData(true, Reasons.BadTopic, "4003000190")]
    [InlineData(true, Reasons.NotJson, "40020001")]
    [InlineData(false, Reasons.ForeignTopic, "40020001")]
    public async Task Owe_Rejected_TellsOfARefusalWhereTheClientCanHearIt(bool isV5, string reason, string expected)
    {
        _answers.Owe(1, MqttQualityOfServiceLevel.AtLeastOnce, isV5, MessageOutcome.Rejected(reason));

        Assert.Equal(expected, await ReadAsync(expected.Length / 2));
    }

    [Fact]
    public async Task Owe_AfterAFailure_IsNotAnsweredAndTheConnectionEndsOnce()
    {
        _answers.Owe(1, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Ambient);
        _answers.Owe(2, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Failed(Reasons.AreaUnavailable));
        _answers.Owe(3, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Ambient);

        Assert.Equal("40020001", await ReadAsync(4));
        Assert.False(_pipe.Reader.TryRead(out _));
        Assert.Equal(1, _failures);
    }

    [Fact]
    public void Owe_AfterTheConnectionHasEnded_WritesNothing()
    {
        var late = new TaskCompletionSource<MessageOutcome>();
        _answers.Owe(1, MqttQualityOfServiceLevel.AtLeastOnce, false, late.Task);
        _output.Close();
        _pipe.Writer.Complete();

        late.SetResult(MessageOutcome.Ambient);
        _answers.Owe(2, MqttQualityOfServiceLevel.AtLeastOnce, false, MessageOutcome.Ambient);

        Assert.True(_pipe.Reader.TryRead(out var read) && read is { IsCompleted: true, Buffer.IsEmpty: true });
    }

    /// <summary>The server ends a connection that it has not answered for one and a half periods; it does not see publishes.</summary>
    [Fact]
    public async Task Publish_ForLongerThanTheKeepAlive_WithoutAPing_StaysConnected()
    {
        await using var town = await MqttTown.StartAsync();
        var client = await town.ConnectAsync("gw1", configure: options => options.WithKeepAlivePeriod(TimeSpan.FromSeconds(4)));
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(8)); // The server would wait for six.

        while (!end.IsCancellationRequested)
        {
            Assert.True((await client.PublishStringAsync("homes/gw1/z2m/hall", """{"battery":1}""", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
            await Task.Delay(50, CancellationToken.None);
        }

        Assert.True(client.IsConnected);
    }

    private async Task<string> ReadAsync(int bytes)
    {
        var read = await _pipe.Reader.ReadAtLeastAsync(bytes).AsTask().WaitAsync(MqttTown.Patience);
        var text = Convert.ToHexString(System.Buffers.BuffersExtensions.ToArray(read.Buffer));
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
