using System.Globalization;

namespace CivicSignals.Ingest.Posts;

/// <summary>Letters as they are compared: small, without accents, and with what only looks like a Latin letter as that letter. For matching only.</summary>
internal static class Letters
{
    /// <summary>Stands between words.</summary>
    public const char Separator = '\0';

    /// <summary>Is not there for a reader: it does not even end a word.</summary>
    public const char Nothing = '\u0001';

    private const string Invisible = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff";
    private const string Apostrophes = "'\u2019\u2018\u02bc\u02b9\u0060\u00b4\u2032\uff07";

    // Cyrillic, Armenian and Greek letters that are drawn like Latin ones, each before the one that it is taken for.
    private const string Lookalikes = "аaвbеeкkмmнhоoрpсcтtуyхxіiїiјjѕsԁdԛqԝwһhӏlɡgωwαaοoρpτtυuχxνvκkιiεeηnβbγyμmζzօoսuոn";

    // Latin letters with accents, U+00C0 to U+017F, without: what a runtime without cultures cannot tell. Then Welsh's others.
    private const string Accented =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private const char FirstAccented = '\u00c0';

    private const string Welsh = "ẀwẁwẂwẃwẄwẅwỲyỳy";

    private static readonly char[] Folded = BuildTable();

    /// <summary>A letter or digit as it is compared, or <see cref="Separator"/>, or <see cref="Nothing"/>.</summary>
    public static char Fold(char c) => Folded[c];

    /// <summary>Whether it is drawn like an apostrophe.</summary>
    public static bool IsApostrophe(char c) => Apostrophes.Contains(c, StringComparison.Ordinal);

    /// <summary>A mathematical letter or digit (bold, script, …) as an ordinary capital or small one; else <see cref="Separator"/>.</summary>
    public static char Plain(char high, char low)
    {
        var code = char.ConvertToUtf32(high, low);
        return code switch
        {
            >= 0x1D400 and <= 0x1D6A3 when (code - 0x1D400) % 52 is var i => (char)(i < 26 ? 'A' + i : 'a' + i - 26),
            >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((code - 0x1D7CE) % 10)),
            _ => Separator,
        };
    }

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
            table[i] = Of((char)i);
        for (var i = 0; i < Welsh.Length; i += 2)
            table[Welsh[i]] = Welsh[i + 1];
        for (var i = 0; i < Lookalikes.Length; i += 2)
        {
            table[Lookalikes[i]] = Lookalikes[i + 1];
            table[char.ToUpperInvariant(Lookalikes[i])] = Lookalikes[i + 1];
        }

        (table['\u039d'], table['\u0397'], table['\u03a5']) = ('n', 'h', 'y'); // Greek capitals that look otherwise than their small ones.

        return table;
    }

    private static char Of(char c)
    {
        if (Invisible.Contains(c, StringComparison.Ordinal) || c is >= '\ufe00' and <= '\ufe0f')
            return Nothing;
        if (char.IsSurrogate(c))
            return Separator;
        if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return Nothing;
        if (c is >= '\uff01' and <= '\uff5e')
            c = (char)(c - 0xfee0);
        if (!char.IsLetterOrDigit(c))
            return Separator;
        if (c < 128)
            return char.ToLowerInvariant(c);
        return c is >= FirstAccented and < (char)(FirstAccented + 192) && Accented[c - FirstAccented] is not ' ' and var bare ? bare : char.ToLowerInvariant(c);
    }
}
