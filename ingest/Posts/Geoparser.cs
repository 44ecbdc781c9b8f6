using CivicSignals.Areas;
using CivicSignals.Signals;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// Tells from a post's own words where it is about: postcodes, streets and places of the gazetteer, the longest name first. What it cannot tell it
/// leaves. Never from its author's profile. Pure.
/// </summary>
internal sealed class Geoparser(Gazetteer gazetteer)
{
    /// <summary>Less certain than so, metres, a place says nothing to an area.</summary>
    public const double MostUncertaintyM = 5000;

    private const int MostMentions = 16;

    public PostPlace Locate(PostText text)
    {
        Span<Mention> mentions = stackalloc Mention[MostMentions];
        var (count, elsewhere) = Collect(text, mentions);
        mentions = mentions[..count];
        if (mentions.IsEmpty)
            return PostPlace.Abstain(Abstention.NoName);
        if (elsewhere && !Has(mentions, NameKind.Postcode))
            return PostPlace.Abstain(Abstention.Elsewhere, Quote(text, mentions[0]));
        return Decide(text, mentions);
    }

    private (int Count, bool Elsewhere) Collect(PostText text, Span<Mention> mentions)
    {
        var context = new MentionContext(text);
        var (count, doubtful, elsewhere) = (0, 0, false);
        for (var i = 0; i < text.Words.Length && count < mentions.Length;)
        {
            var name = gazetteer.Find(text, i, out var length);
            if (name < 0)
            {
                length = context.ElsewhereAt(i);
                elsewhere |= length > 0;
                i += Math.Max(1, length);
                continue;
            }

            var mention = new Mention(name, i, length, gazetteer.Kind(name));
            i += length;
            switch (context.Judge(ref mention))
            {
                case Likelihood.Sure:
                    mentions[count++] = mention;
                    break;
                case Likelihood.WithAnother:
                    mentions[count++] = mention with { Doubtful = true };
                    doubtful++;
                    break;
            }
        }

        if (doubtful > 0)
            count = DropDoubtful(mentions[..count]);
        return (count, elsewhere || (count == 1 && mentions[0].Kind == NameKind.Street && context.NamesAnotherTown(mentions[0])));
    }

    /// <summary>A word that may be no name counts only beside a sure one that it lies in or around.</summary>
    private int DropDoubtful(Span<Mention> mentions)
    {
        var kept = 0;
        foreach (var mention in mentions)
        {
            var supported = !mention.Doubtful;
            foreach (var other in mentions)
                supported |= !other.Doubtful && Together(mention, other);
            if (supported)
                mentions[kept++] = mention;
        }

        return kept;
    }

    private PostPlace Decide(PostText text, Span<Mention> mentions)
    {
        var (best, decided) = (Spread(mentions, 0), 0);
        for (var i = 1; i < mentions.Length; i++)
        {
            var place = Spread(mentions, i);
            if (place.UncertaintyM < best.UncertaintyM)
                (best, decided) = (place, i);
        }

        var (first, last) = (mentions[decided].First, mentions[decided].First + mentions[decided].Count);
        var whole = best;
        for (var i = 0; i < mentions.Length; i++)
        {
            var place = Spread(mentions, i);
            if (i == decided || Geo.DistanceM(best, place) <= best.UncertaintyM + place.UncertaintyM)
                continue;
            whole = Join(whole, place); // Two places: somewhere from the one to the other.
            (first, last) = (Math.Min(first, mentions[i].First), Math.Max(last, mentions[i].First + mentions[i].Count));
        }

        var words = text.Quote(first, last - first);
        return whole.UncertaintyM <= MostUncertaintyM ? new PostPlace(whole, words, Abstention.None) : PostPlace.Abstain(Abstention.Ambiguous, words);
    }

    /// <summary>Where a name is: those of its candidates that lie with a candidate of every other name, else all of them, as one place.</summary>
    private Place Spread(ReadOnlySpan<Mention> mentions, int at)
    {
        var candidates = gazetteer.Places(mentions[at].Name);
        if (candidates.Length == 1)
            return candidates[0];
        Place? near = null;
        Place? all = null;
        foreach (var candidate in candidates)
        {
            all = all is { } before ? Join(before, candidate) : candidate;
            if (mentions.Length > 1 && LiesWithOthers(candidate, mentions, at))
                near = near is { } nearer ? Join(nearer, candidate) : candidate;
        }

        return near ?? all!.Value;
    }

    private bool LiesWithOthers(Place candidate, ReadOnlySpan<Mention> mentions, int at)
    {
        for (var i = 0; i < mentions.Length; i++)
        {
            if (mentions[i].Name != mentions[at].Name && !Any(candidate, mentions[i]))
                return false;
        }

        return true;
    }

    private bool Together(Mention a, Mention b)
    {
        foreach (var place in gazetteer.Places(a.Name))
        {
            if (Any(place, b))
                return true;
        }

        return false;
    }

    private bool Any(Place place, Mention mention)
    {
        foreach (var other in gazetteer.Places(mention.Name))
        {
            if (Geo.DistanceM(place, other) <= place.UncertaintyM + other.UncertaintyM)
                return true;
        }

        return false;
    }

    /// <summary>The smallest circle around two.</summary>
    private static Place Join(Place a, Place b)
    {
        var apart = Geo.DistanceM(a, b);
        if (apart + b.UncertaintyM <= a.UncertaintyM)
            return a;
        if (apart + a.UncertaintyM <= b.UncertaintyM)
            return b;
        var radius = (apart + a.UncertaintyM + b.UncertaintyM) / 2;
        var share = apart == 0 ? 0 : (radius - a.UncertaintyM) / apart;
        return new Place(a.Lat + (share * (b.Lat - a.Lat)), a.Lon + (share * (b.Lon - a.Lon)), radius);
    }

    private static bool Has(ReadOnlySpan<Mention> mentions, NameKind kind)
    {
        foreach (var mention in mentions)
        {
            if (mention.Kind == kind)
                return true;
        }

        return false;
    }

    private static string Quote(PostText text, Mention mention) => text.Quote(mention.First, mention.Count);
}

/// <summary>A name of the gazetteer in a text.</summary>
/// <param name="Name">Its number.</param>
/// <param name="First">Its first word.</param>
/// <param name="Count">How many words it has.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Doubtful">Whether it counts only beside another.</param>
internal readonly record struct Mention(int Name, int First, int Count, NameKind Kind, bool Doubtful = false);
