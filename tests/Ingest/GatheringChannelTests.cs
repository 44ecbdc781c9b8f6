using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CivicSignals.Ingest.Mqtt.Broker;
using CivicSignals.Tests.Integration;
using Microsoft.Extensions.Time.Testing;
using MQTTnet.Channel;

namespace CivicSignals.Tests.Ingest;

public sealed class GatheringChannelTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly Wire _wire = new();
    private readonly GatheringChannel _channel;

    public GatheringChannelTests() => _channel = new GatheringChannel(_wire, _time);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Read_Alone_IsAtOnce()
    {
        _wire.Arrives("ab");
        Assert.Equal("ab", await ReadAsync(10));
    }

    [Fact]
    public async Task Read_SoonAfterAnother_WaitsAndBringsAllThatCame()
    {
        _wire.Arrives("a");
        await ReadAsync(10);
        _wire.Arrives("bc");
        var second = ReadAsync(1);
        Assert.Equal(1, _wire.Reads);
        _wire.Arrives("d");
        _time.Advance(Pause);
        Assert.Equal("b", await second);
        Assert.Equal("cd", await ReadAsync(10)); // What was read already does not wait.
        Assert.Equal(2, _wire.Reads);
    }

    [Fact]
    public async Task Read_AsMuchAsFits_GoesOnAtOnce()
    {
        _wire.Arrives(new string('a', 100_000));
        var read = 0;
        while (read < 100_000)
            read += (await ReadAsync(50_000)).Length;
        Assert.Equal(2, _wire.Reads);
    }

    [Fact]
    public async Task Read_Closed_SaysSo()
    {
        _wire.Arrives("");
        Assert.Equal("", await ReadAsync(10));
    }

    [Fact]
    public async Task Write_Many_GoOutTogetherInOrder()
    {
        await WriteAsync("a");
        await WriteAsync("b");
        Assert.Empty(_wire.Sent);
        await WriteUntil("ab");
        await WriteAsync("c");
        await WriteUntil("ab", "c");
    }

    [Fact]
    public async Task Disconnect_WithSomethingWritten_SendsItBefore()
    {
        await WriteAsync("bye");
        var closing = _channel.DisconnectAsync(TestContext.Current.CancellationToken);
        await Patience.Until(
            () =>
            {
                _time.Advance(Pause);
                return Task.FromResult(closing.IsCompleted);
            },
            "it has closed");
        Assert.Equal(["bye", "closed"], _wire.Sent);
    }

    [Fact]
    public async Task Disconnect_OfWhatTakesNothingMore_DoesNotWaitForEver()
    {
        _wire.Stuck = new TaskCompletionSource();
        await WriteAsync("bye");
        var closing = _channel.DisconnectAsync(TestContext.Current.CancellationToken);
        await Patience.Until(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(closing.IsCompleted);
            },
            "it has closed");
        Assert.Equal(["closed"], _wire.Sent);
    }

    [Fact]
    public async Task Write_ToWhatIsBroken_FailsTheNext()
    {
        _wire.Stuck = new TaskCompletionSource();
        _wire.Stuck.SetException(new IOException("broken"));
        await WriteAsync("a");
        Exception? failure = null;
        await Patience.Until(
            async () =>
            {
                _time.Advance(Pause);
                failure = await Record.ExceptionAsync(() => WriteAsync("b"));
                return failure is not null;
            },
            "a write fails");
        Assert.IsType<IOException>(failure);
    }

    private Task WriteUntil(params string[] sent) => Patience.Until(
        () =>
        {
            _time.Advance(Pause);
            return Task.FromResult(_wire.Sent.SequenceEqual(sent));
        },
        $"{string.Join(", ", sent)} went out");

    private Task WriteAsync(string text) => _channel.WriteAsync(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)), true, TestContext.Current.CancellationToken);

    private async Task<string> ReadAsync(int count)
    {
        var buffer = new byte[count + 1];
        var read = await _channel.ReadAsync(buffer, 1, count, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 1, read);
    }

    /// <summary>A connection in memory.</summary>
    private sealed class Wire : IMqttChannel
    {
        private readonly StringBuilder _arrived = new();
        private readonly List<string> _sent = [];

        public TaskCompletionSource? Stuck { get; set; }

        public int Reads { get; private set; }

        /// <summary>What each write brought, and the end.</summary>
        public IReadOnlyList<string> Sent
        {
            get
            {
                lock (_sent)
                    return [.. _sent];
            }
        }

        public EndPoint RemoteEndPoint => null!;

        public EndPoint LocalEndPoint => null!;

        public bool IsSecureConnection => false;

        public X509Certificate2 ClientCertificate => null!;

        public void Arrives(string text) => _arrived.Append(text);

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken)
        {
            Send("closed");
            return Task.CompletedTask;
        }

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Reads++;
            var taken = Math.Min(count, _arrived.Length);
            Encoding.ASCII.GetBytes(_arrived.ToString(0, taken), buffer.AsSpan(offset));
            _arrived.Remove(0, taken);
            return Task.FromResult(taken);
        }

        public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
        {
            if (Stuck is not null)
                await Stuck.Task;
            Send(Encoding.ASCII.GetString(buffer));
        }

        public void Dispose()
        {
        }

        private void Send(string text)
        {
            lock (_sent)
                _sent.Add(text);
        }
    }
}
