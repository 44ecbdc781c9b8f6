using System.Buffers;
using System.Text;
using System.Text.Json;
using CivicSignals.Ingest.Dialects;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// What surrounds a record: all that is looked at of a like. One pass, without allocation. Version 1 puts a commit's members into
/// <c>commit</c>, version 2 the whole event into <c>payload</c>; both end up here.
/// </summary>
internal ref struct JetstreamEnvelope
{
    private const int MaxNotice = 32;
    private const int DeepestWrapping = 2;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private Utf8JsonReader _reader;

    public ReadOnlySpan<byte> Kind { get; private set; }
    public ReadOnlySpan<byte> Did { get; private set; }
    public ReadOnlySpan<byte> Operation { get; private set; }
    public ReadOnlySpan<byte> Collection { get; private set; }
    public ReadOnlySpan<byte> RecordKey { get; private set; }
    public ReadOnlySpan<byte> Revision { get; private set; }
    public ReadOnlySpan<byte> ContentId { get; private set; }
    public ReadOnlySpan<byte> AccountStatus { get; private set; }
    public bool? AccountActive { get; private set; }

    /// <summary>Where the record stands in the frame; empty: there is none.</summary>
    public Range Record { get; private set; }

    public long Micros { get; private set; }
    public long Seq { get; private set; }
    public ReadOnlySpan<byte> Notice { get; private set; }

    /// <exception cref="JsonException">It is not JSON, or too deep.</exception>
    public static JetstreamEnvelope Read(ReadOnlySpan<byte> frame)
    {
        var envelope = new JetstreamEnvelope { _reader = new Utf8JsonReader(frame, StrictJson.ReaderOptions) };
        envelope._reader.Read();
        if (envelope._reader.TokenType == JsonTokenType.StartObject)
            envelope.ReadMembers(wrapping: 0);
        while (envelope._reader.Read())
        {
            // To the end: what is no JSON there is none at all.
        }

        return envelope;
    }

    /// <summary>A server's name for what it has to say, as far as it looks like one.</summary>
    public readonly string? NoticeText() =>
        Notice.Length is > 0 and <= MaxNotice && !Notice.ContainsAnyExcept(Letters)
            ? Encoding.ASCII.GetString(Notice)
            : null;

    private void ReadMembers(int wrapping)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("did"u8))
                Did = Text();
            else if (_reader.ValueTextEquals("kind"u8))
                Kind = Text();
            else if (_reader.ValueTextEquals("$type"u8))
                TakeType(Text());
            else if (_reader.ValueTextEquals("time_us"u8))
                Micros = Whole();
            else if (_reader.ValueTextEquals("time"u8))
                TakeTime();
            else if (_reader.ValueTextEquals("seq"u8))
                Seq = Whole();
            else if (_reader.ValueTextEquals("operation"u8))
                Operation = Text();
            else if (_reader.ValueTextEquals("collection"u8))
                Collection = Text();
            else if (_reader.ValueTextEquals("rkey"u8))
                RecordKey = Text();
            else if (_reader.ValueTextEquals("rev"u8))
                Revision = Text();
            else if (_reader.ValueTextEquals("cid"u8))
                ContentId = Text();
            else if (_reader.ValueTextEquals("error"u8) || _reader.ValueTextEquals("name"u8))
                Notice = Text();
            else if (_reader.ValueTextEquals("record"u8))
                TakeRecord();
            else if (_reader.ValueTextEquals("account"u8))
                Nested(wrapping, account: true);
            else if (_reader.ValueTextEquals("commit"u8) || _reader.ValueTextEquals("payload"u8))
                Nested(wrapping, account: false);
            else
                _reader.Skip();
        }
    }

    private void Nested(int wrapping, bool account)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject || wrapping == DeepestWrapping)
            _reader.Skip();
        else if (account)
            ReadAccount();
        else
            ReadMembers(wrapping + 1);
    }

    private void ReadAccount()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("active"u8))
            {
                _reader.Read();
                AccountActive = _reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("status"u8))
                AccountStatus = Text();
            else if (_reader.ValueTextEquals("time"u8))
                Revision = Text();
            else
                _reader.Skip();
        }
    }

    /// <summary>Version 2 names the kind after a hash: <c>network.bsky.jetstream.subscribeEvents#commit</c>.</summary>
    private void TakeType(ReadOnlySpan<byte> type)
    {
        var hash = type.IndexOf((byte)'#');
        if (hash >= 0)
            Kind = type[(hash + 1)..];
        else if (type.SequenceEqual("error"u8))
            Kind = type;
    }

    private void TakeTime()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String && _reader.TryGetDateTimeOffset(out var time))
            Micros = (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _reader.Skip();
    }

    private void TakeRecord()
    {
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Record = start..(int)_reader.BytesConsumed;
    }

    private ReadOnlySpan<byte> Text()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String && !_reader.ValueIsEscaped)
            return _reader.ValueSpan;
        _reader.Skip();
        return default;
    }

    private long Whole()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var whole) && whole > 0)
            return whole;
        _reader.Skip();
        return 0;
    }
}
