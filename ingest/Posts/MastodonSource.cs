using System.Net.Http.Headers;
using CivicSignals.Ingest.Pipeline;
using Microsoft.Extensions.Logging;

namespace CivicSignals.Ingest.Posts;

/// <summary>One stream of one Mastodon server. Its cursor is the newest post's id.</summary>
internal sealed class MastodonSource : IPostSource
{
    private readonly MastodonServer _options;
    private readonly Uri _streaming;
    private readonly string _host;
    private readonly HttpClient _client;
    private readonly MastodonTimeline _timeline;
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public MastodonSource(MastodonServer options, TimeSpan idle, TimeProvider time, ILogger log)
    {
        _options = options;
        _streaming = new Uri(options.StreamingUrl.Length > 0 ? options.StreamingUrl : options.Url);
        _host = new Uri(options.Url).Authority;
        _client = StreamClient.Create(time, options.AccessToken);
        _timeline = new MastodonTimeline(options, _client);
        (_idle, _time, _log) = (idle, time, log);
        Stream = $"{MastodonEvents.Network}/{_host}/{options.Stream}{(options.Stream == "hashtag" ? $"/{options.Tag}" : "")}";
    }

    public string Stream { get; }

    public string Network => MastodonEvents.Network;

    public void Dispose() => _client.Dispose();

    /// <summary>The stream is opened before the gap behind it is filled, and read after: nothing falls between the two.</summary>
    public Task ReadAsync(PostSink sink, CancellationToken cancellation) =>
        _options.Transport == "sse" ? ReadEventsAsync(sink, cancellation) : ReadSocketAsync(sink, cancellation);

    private async Task ReadEventsAsync(PostSink sink, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _streaming.Http($"/api/v1/streaming/{_options.Stream.Replace(':', '/')}{Tag('?')}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await ConnectAsync(request, cancellation);
        await using var events = new EventLines(await response.Content.ReadAsStreamAsync(cancellation), MastodonEvents.MaxEvent, _idle, _time);
        await CatchUpAsync(sink, cancellation);
        while (await events.ReadAsync(cancellation) is { } happened)
        {
            if (happened.IsTooLarge)
                await sink.RejectAsync(Reasons.TooLarge, $"more than {MastodonEvents.MaxEvent} bytes", happened.Bytes);
            else
                await TakeAsync(sink, happened.Name, happened.Data);
        }
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StreamClient.ConnectWithin);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
    }

    private async Task ReadSocketAsync(PostSink sink, CancellationToken cancellation)
    {
        var address = _streaming.Socket($"/api/v1/streaming?stream={_options.Stream}{Tag('&')}");

        // Twice the event, for the escapes of JSON in a string.
        using var socket = await FrameSocket.ConnectAsync(_client, address, null, 2 * MastodonEvents.MaxEvent, _idle, cancellation);
        await CatchUpAsync(sink, cancellation);
        while (await socket.ReadAsync(cancellation) is { } frame)
        {
            if (frame.IsTooLarge)
                await sink.RejectAsync(Reasons.TooLarge, $"more than {MastodonEvents.MaxEvent} bytes", frame.Bytes);
            else if (MastodonFrame.Open(frame.Data, out var status) is { } happened)
                await TakeAsync(sink, happened.Name, happened.Payload);
            else if (status == 0)
                await sink.RejectAsync(Reasons.BadShape, "no event", frame.Bytes);
            else
                throw new StreamEndedException($"the server reports {status}", StreamRefusedException.Unwanted);
        }
    }

    private async Task CatchUpAsync(PostSink sink, CancellationToken cancellation)
    {
        IngestLog.StreamConnected(_log, Stream, _host);
        if (MastodonEvents.Id(sink.Cursor) is null)
            return;
        for (var page = 0; page < MastodonTimeline.MaxPages; page++)
        {
            var statuses = await _timeline.AfterAsync(sink.Cursor!, cancellation);
            foreach (var (id, status) in statuses)
                await sink.TakeAsync(MastodonEvents.Read("update", status, _host, out var mark), mark.Key, status.Length, id);
            if (statuses.Count == 0)
                return;
        }

        IngestLog.StreamHasGap(_log, Stream);
    }

    private async Task TakeAsync(PostSink sink, string name, ReadOnlyMemory<byte> payload)
    {
        var reading = MastodonEvents.Read(name, payload, _host, out var mark);
        var cursor = mark.Id is { } id && MastodonTimeline.IsAfter(id, sink.Cursor) ? id : null;
        await sink.TakeAsync(reading, mark.Key, payload.Length, cursor);
    }

    private string Tag(char joint) => _options.Stream == "hashtag" ? $"{joint}tag={Uri.EscapeDataString(_options.Tag)}" : "";
}
