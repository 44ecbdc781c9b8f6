using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace CivicSignals.Ingest.Mqtt.Broker;

/// <summary>
/// A connection that under load reads and writes many packets at a time: a broker sends each message by itself, and to wake for each, and for each acknowledgement,
/// costs more than what is in them. Alone, a packet is read at once.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="time">Of the pauses.</param>
internal sealed class GatheringChannel(IMqttChannel inner, TimeProvider time) : IMqttChannel
{
    /// <summary>Between two reads, unless the first brought all that fits. By so much is the order uncertain in which two silos received messages.</summary>
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(2);

    /// <summary>For so long what is written waits for what is written after it: acknowledgements come in bursts.</summary>
    private static readonly TimeSpan WritePause = TimeSpan.FromMilliseconds(2);

    /// <summary>At the end, what does not go out within is not sent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly byte[] _read = new byte[64 * 1024];
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _written = new();
    private ArrayBufferWriter<byte> _leaving = new();
    private Task _flushing = Task.CompletedTask;
    private bool _isFlushing;
    private int _start;
    private int _end;
    private long _readAt;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    /// <summary>What was written before goes out before.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        await Flushing().WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await inner.DisconnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => inner.Dispose();

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            var pause = _end == _read.Length ? TimeSpan.Zero : ReadPause - time.GetElapsedTime(_readAt);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            (_start, _end) = (0, await inner.ReadAsync(_read, 0, _read.Length, cancellationToken).ConfigureAwait(false));
            _readAt = time.GetTimestamp();
        }

        var taken = Math.Min(count, _end - _start);
        _read.AsSpan(_start, taken).CopyTo(buffer.AsSpan(offset));
        _start += taken;
        return taken;
    }

    /// <summary>Takes what is to be written; a connection that no longer takes it says so at the next call.</summary>
    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_flushing.IsFaulted)
                return _flushing;
            foreach (var segment in buffer)
                _written.Write(segment.Span);
            if (_isFlushing)
                return Task.CompletedTask;
            _isFlushing = true;
            _flushing = FlushAsync();
            return Task.CompletedTask;
        }
    }

    private Task Flushing()
    {
        lock (_gate)
            return _flushing;
    }

    private async Task FlushAsync()
    {
        while (true)
        {
            await Task.Delay(WritePause, time).ConfigureAwait(false);
            lock (_gate)
                (_written, _leaving) = (_leaving, _written);
            await inner.WriteAsync(new(_leaving.WrittenMemory), isEndOfPacket: true, CancellationToken.None).ConfigureAwait(false);
            _leaving.ResetWrittenCount();
            lock (_gate)
            {
                if (_written.WrittenCount > 0)
                    continue;
                _isFlushing = false;
                return;
            }
        }
    }
}
