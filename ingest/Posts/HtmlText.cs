using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace CivicSignals.Ingest.Posts;

/// <summary>
/// The text that people read in a stranger's HTML. What is no text is dropped by default; only line ends are taken from the markup. It is read as a
/// run of tokens and no tree is built, so that nesting costs nothing.
/// </summary>
internal static class HtmlText
{
    /// <summary>The longest markup that is looked at, UTF-16 code units; what is behind is cut off.</summary>
    public const int MaxMarkup = 64 * 1024;

    private static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase)
    {
        "br", "p", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "hr",
    };

    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "iframe", "object", "svg", "math", "noscript", "textarea", "title", "head", "select", "noembed", "noframes", "xmp", "video", "audio", "canvas",
    };

    /// <summary>Plain text, lines parted by one line feed.</summary>
    /// <param name="markup">Of any quality.</param>
    /// <param name="most">The longest text that is wanted, UTF-16 code units.</param>
    public static string Of(string markup, int most)
    {
        using var source = new TextSource(markup.Length > MaxMarkup ? markup[..MaxMarkup] : markup);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            ShouldEmitAttribute = (ref _, name) => name.Span.SequenceEqual("class"),
        };
        var text = new StringBuilder();
        string? hidden = null; // the element whose end brings the text back
        var depth = 0;
        while (text.Length < most && tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            if (hidden is not null)
            {
                depth += !token.Name.Equals(hidden, StringComparison.OrdinalIgnoreCase) ? 0 : token.Type == HtmlTokenType.StartTag ? 1 : token.Type == HtmlTokenType.EndTag ? -1 : 0;
                hidden = depth > 0 ? hidden : null;
            }
            else if (token.Type == HtmlTokenType.Character)
                text.Append(token.Data);
            else if (token is HtmlTagToken tag)
            {
                if (Lines.Contains(tag.Name))
                    EndLine(text);
                if (tag.Type == HtmlTokenType.StartTag && Hides(tag))
                {
                    (hidden, depth) = (tag.Name, 1);
                    tokens.State = tag.Name is "script" or "style" or "textarea" or "title" or "xmp" or "iframe" or "noembed" or "noframes" ? HtmlParseMode.Rawtext : HtmlParseMode.PCData;
                }
            }
        }

        return Cut(text.ToString().Trim(), most);
    }

    /// <summary>At most so many code units, without half a character at the end.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static bool Hides(HtmlTagToken tag) =>
        Unread.Contains(tag.Name)
        || (tag.Name == "span" && Classes(tag).Contains("invisible")) // the parts of a link that Mastodon does not show
        || (tag.Name == "p" && Classes(tag).Contains("quote-inline")); // what stands for a quoted post where quotes are unknown

    private static string[] Classes(HtmlTagToken tag) => tag.GetAttribute("class")?.Split(' ') ?? [];

    private static void EndLine(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
    }
}
