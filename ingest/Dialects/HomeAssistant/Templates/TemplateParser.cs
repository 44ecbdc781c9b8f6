namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>
/// Reads a template that yields one value: <c>{{ expression }}</c>, plain text, or <c>{% if … %}…{% elif … %}…{% else %}…{% endif %}</c> around
/// such. Null wherever it meets what it does not know.
/// </summary>
internal ref struct TemplateParser
{
    private const int MaxLength = 1000;
    private const int MaxDepth = 16;

    private ReadOnlySpan<char> _rest;
    private int _depth;

    private TemplateParser(string text) => _rest = text;

    public static Expression? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var parser = new TemplateParser(text);
        return parser.Body() is { } body && parser._rest.IsEmpty ? body : null;
    }

    /// <summary>One value with white space around it.</summary>
    private Expression? Body()
    {
        if (_depth++ >= MaxDepth)
            return null;
        _rest = _rest.TrimStart();
        var body = Tag("{{") ? Output() : StartsWithTag("if") ? If() : Text();
        _rest = _rest.TrimStart();
        _depth--;
        return body;
    }

    private Expression? Output()
    {
        var expression = ReadExpression(ref _rest);
        return expression is not null && Close("}}") ? expression : null;
    }

    private TextLiteral? Text()
    {
        var end = _rest.IndexOf('{');
        var text = (end < 0 ? _rest : _rest[..end]).Trim();
        _rest = end < 0 ? default : _rest[end..];
        return text.IsEmpty || text.Contains('}') ? null : new TextLiteral(text.ToString());
    }

    /// <summary>From behind <c>if</c> or <c>elif</c> to behind <c>endif</c>.</summary>
    private Conditional? If()
    {
        if (ReadExpression(ref _rest) is not { } condition || !Close("%}") || Body() is not { } then)
            return null;
        Expression? otherwise = null;
        if (StartsWithTag("elif"))
            return ++_depth < MaxDepth && If() is { } next ? new Conditional(condition, then, next) : null;
        if (StartsWithTag("else") && (!Close("%}") || (otherwise = Body()) is null))
            return null;
        return StartsWithTag("endif") && Close("%}") ? new Conditional(condition, then, otherwise) : null;
    }

    /// <summary>Takes <c>{% word</c> when that is next.</summary>
    private bool StartsWithTag(ReadOnlySpan<char> word)
    {
        var before = _rest;
        if (Tag("{%"))
        {
            _rest = _rest.TrimStart();
            if (_rest.StartsWith(word) && (_rest.Length == word.Length || !char.IsAsciiLetterOrDigit(_rest[word.Length])))
            {
                _rest = _rest[word.Length..];
                return true;
            }
        }

        _rest = before;
        return false;
    }

    private bool Tag(ReadOnlySpan<char> opening)
    {
        if (!_rest.StartsWith(opening))
            return false;
        _rest = _rest[opening.Length..];
        _rest = _rest is ['-', ..] ? _rest[1..] : _rest;
        return true;
    }

    private bool Close(ReadOnlySpan<char> closing)
    {
        _rest = _rest.TrimStart();
        _rest = _rest is ['-', ..] ? _rest[1..] : _rest;
        if (!_rest.StartsWith(closing))
            return false;
        _rest = _rest[closing.Length..];
        return true;
    }

    private static Expression? ReadExpression(ref ReadOnlySpan<char> rest)
    {
        var parser = new ExpressionParser(rest);
        var expression = parser.Parse();
        rest = parser.Rest;
        return expression;
    }
}
