using System.Globalization;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>Reads one expression. Null wherever it meets what it does not know; <see cref="Rest"/> is what follows it.</summary>
internal ref struct ExpressionParser(ReadOnlySpan<char> text)
{
    private const int MaxDepth = 32;

    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">"];

    private int _depth;

    public ReadOnlySpan<char> Rest { get; private set; } = text;

    /// <summary><c>a if b else c</c> and all that binds stronger.</summary>
    public Expression? Parse()
    {
        if (_depth++ >= MaxDepth)
            return null;
        var value = Or();
        if (value is not null && Word("if"))
        {
            var condition = Or();
            var otherwise = condition is not null && Word("else") ? Parse() : null;
            value = condition is null || otherwise is null ? null : new Conditional(condition, value, otherwise);
        }

        _depth--;
        return value;
    }

    private Expression? Or()
    {
        var left = And();
        while (left is not null && Word("or"))
            left = And() is { } right ? new Either(left, right) : null;
        return left;
    }

    private Expression? And()
    {
        var left = Negation();
        while (left is not null && Word("and"))
            left = Negation() is { } right ? new Both(left, right) : null;
        return left;
    }

    private Expression? Negation()
    {
        var isNegated = false;
        while (Word("not"))
            isNegated = !isNegated;
        var of = Comparison();
        return isNegated && of is not null ? new Not(of) : of;
    }

    private Expression? Comparison()
    {
        var left = Filtered();
        if (left is not null && Word("is"))
        {
            var isNegated = Word("not");
            left = Word("defined") ? new IsDefined(left) : null;
            return isNegated && left is not null ? new Not(left) : left;
        }

        foreach (var sign in Signs)
        {
            if (left is not null && Sign(sign))
                return Filtered() is { } right ? new Comparison(sign, left, right) : null;
        }

        return left;
    }

    private Expression? Filtered()
    {
        var value = Primary();
        while (value is not null && Sign("|"))
        {
            var name = Name();
            Expression? argument = null;
            if (Sign("(") && !Sign(")") && ((argument = Literal()) is null || !Sign(")")))
                return null;
            value = Filters.Of(name, value, argument);
        }

        return value;
    }

    private Expression? Primary()
    {
        if (Sign("("))
            return Parse() is { } inner && Sign(")") ? inner : null;
        if (Literal() is { } literal)
            return literal;
        return Name() switch
        {
            "value" => new WholeMessage(),
            "value_json" => Members(),
            _ => null,
        };
    }

    private JsonMember? Members()
    {
        var of = new JsonMember([], null);
        while (true)
        {
            if (Sign("["))
            {
                if (Quoted() is not { } name || !Sign("]"))
                    return null;
                of = of.Then(name);
            }
            else if (Sign("."))
            {
                if (Name() is not { Length: > 0 } name)
                    return null;
                if (!Sign("("))
                    of = of.Then(name);
                else if (name != "get" || Get(of) is not { } got)
                    return null;
                else
                    of = got;
            }
            else
            {
                return of;
            }

            if (!of.IsPlain)
                return Sign(".") || Sign("[") ? null : of;
        }
    }

    private JsonMember? Get(JsonMember of)
    {
        if (Quoted() is not { } name)
            return null;
        var absent = Sign(",") ? Literal() : new NoneLiteral();
        return absent is not null && Sign(")") ? of.Get(name, absent) : null;
    }

    private Expression? Literal()
    {
        if (Quoted() is { } text)
            return new TextLiteral(text);
        if (Word("true") || Word("True"))
            return new BooleanLiteral(true);
        if (Word("false") || Word("False"))
            return new BooleanLiteral(false);
        return Word("none") || Word("None") ? new NoneLiteral() : Number();
    }

    private NumberLiteral? Number()
    {
        Rest = Rest.TrimStart();
        var length = Rest is ['-', ..] ? 1 : 0;
        while (length < Rest.Length && (char.IsAsciiDigit(Rest[length]) || Rest[length] == '.'))
            length++;
        var digits = Rest[..length];
        if (!double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        Rest = Rest[length..];
        return new NumberLiteral(number, isWhole: !digits.Contains('.'));
    }

    private string? Quoted()
    {
        Rest = Rest.TrimStart();
        if (Rest is not ['\'' or '"', ..])
            return null;
        var end = Rest[1..].IndexOf(Rest[0]);
        if (end < 0 || Rest[1..(end + 1)].Contains('\\'))
            return null;
        var text = Rest[1..(end + 1)].ToString();
        Rest = Rest[(end + 2)..];
        return text;
    }

    private string Name()
    {
        Rest = Rest.TrimStart();
        var length = 0;
        while (length < Rest.Length && (char.IsAsciiLetterOrDigit(Rest[length]) || Rest[length] == '_'))
            length++;
        var name = Rest[..length].ToString();
        Rest = Rest[length..];
        return name;
    }

    /// <summary>Takes a word when that is next.</summary>
    private bool Word(ReadOnlySpan<char> word)
    {
        Rest = Rest.TrimStart();
        if (!Rest.StartsWith(word) || (Rest.Length > word.Length && (char.IsAsciiLetterOrDigit(Rest[word.Length]) || Rest[word.Length] == '_')))
            return false;
        Rest = Rest[word.Length..];
        return true;
    }

    private bool Sign(ReadOnlySpan<char> sign)
    {
        Rest = Rest.TrimStart();
        if (!Rest.StartsWith(sign))
            return false;
        Rest = Rest[sign.Length..];
        return true;
    }
}
