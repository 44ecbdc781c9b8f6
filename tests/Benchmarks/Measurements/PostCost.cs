using System.Diagnostics;
using CivicSignals.Benchmarks.Load;
using CivicSignals.Ingest.Posts;
using CivicSignals.Ingest.Posts.Classifier;

namespace CivicSignals.Benchmarks.Measurements;

/// <summary>What reading a post costs on one core: its frame, where it is about, what it says.</summary>
/// <param name="Names">In the gazetteer.</param>
/// <param name="Decode">The frame alone.</param>
/// <param name="All">All three.</param>
internal sealed record PostCost(int Names, DecodingCost Decode, DecodingCost All)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    /// <param name="gazetteerFile">CSV of <c>name,lat,lon,radius_m</c>; null: a made-up one.</param>
    public static PostCost Measure(string? gazetteerFile)
    {
        var gazetteer = gazetteerFile is null ? Gazetteer.Of(PostSamples.Places) : Gazetteer.Read(new StringReader(File.ReadAllText(gazetteerFile)));
        var geoparser = new Geoparser(gazetteer);
        if (PostSamples.Frames.All(frame => Read(frame, geoparser) is null))
            throw new InvalidOperationException("no post was found at a place");
        Run(frame => Read(frame, geoparser)); // Compiled by then.
        return new PostCost(gazetteer.Count, Run(frame => JetstreamFrames.Read(frame).Event), Run(frame => Read(frame, geoparser)));
    }

    private static PostPlace? Read(byte[] frame, Geoparser geoparser)
    {
        if (JetstreamFrames.Read(frame).Event is not { } post)
            throw new InvalidOperationException("a sample was not understood");
        var text = PostText.Of(post.Text);
        var place = geoparser.Locate(text);
        return ClassifiedReader.Bundled.Read(text).Kind is not null && place.Place is not null ? place : null;
    }

    private static DecodingCost Run<T>(Func<byte[], T> read)
    {
        long posts = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < 10; i++)
            {
                foreach (var frame in PostSamples.Frames)
                    read(frame);
            }

            posts += 10 * PostSamples.Frames.Count;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < Length);
        return new DecodingCost(posts / elapsed.TotalSeconds, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / posts);
    }
}
