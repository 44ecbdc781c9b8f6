using System.Globalization;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// How far Jetstream has been read. Times are understood by every server of both versions, but are not sorted; numbers are, and only the server
/// that gave them understands them.
/// </summary>
/// <param name="Micros">The newest time, in microseconds since 1970; 0: none.</param>
/// <param name="Seq">The newest number, 0: none.</param>
/// <param name="Host">Whose number it is.</param>
internal readonly record struct BlueskyCursor(long Micros, long Seq, string Host)
{
    private static readonly TimeSpan Rewind = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>As <see cref="ToString"/> wrote it; what is none is the beginning.</summary>
    public static BlueskyCursor Parse(string? text) => text?.Split(' ') switch
    {
        [var micros, var seq, var host] when Whole(micros) is { } time && Whole(seq) is { } number => new(time, number, host),
        [var micros] when Whole(micros) is { } time => new(time, 0, ""),
        _ => new(0, 0, ""),
    };

    /// <summary>After a frame. A time that is yet to come would leave a gap, and is passed over.</summary>
    public BlueskyCursor After(in JetstreamMark mark, string host, DateTimeOffset now) => new(
        mark.Micros > Micros && mark.Micros <= (now + ClocksDiffer - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond ? mark.Micros : Micros,
        mark.Seq > Seq || (mark.Seq > 0 && host != Host) ? mark.Seq : Seq,
        mark.Seq > 0 ? host : Host);

    /// <summary>What to ask a server for, so that nothing is skipped; null: what comes from now on.</summary>
    public long? At(string host, int version) =>
        version == 2 && Seq > 0 && host == Host ? Seq
        : Micros > 0 ? Math.Max(1, Micros - (long)Rewind.TotalMicroseconds)
        : null;

    public override string ToString() => Seq > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Micros} {Seq} {Host}")
        : Micros.ToString(CultureInfo.InvariantCulture);

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}
