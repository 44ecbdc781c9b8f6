using System.Text;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>A part of a template, compiled.</summary>
internal abstract class Expression
{
    public abstract TemplateValue Evaluate(scoped ref TemplateScope scope);
}

internal sealed class TextLiteral(string text) : Expression
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => TemplateValue.Of(_text);
}

internal sealed class NumberLiteral(double number, bool isWhole) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => isWhole ? TemplateValue.Whole(number) : TemplateValue.Real(number);
}

internal sealed class BooleanLiteral(bool value) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => TemplateValue.Of(value);
}

internal sealed class NoneLiteral : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => TemplateValue.None;
}

/// <summary><c>value</c>: the message as it is.</summary>
internal sealed class WholeMessage : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => TemplateValue.Of(scope.Payload);
}

/// <summary><c>value_json.a.b</c>, and <c>.get('a', otherwise)</c>, which is none where nothing is given.</summary>
internal sealed class JsonMember(byte[][] path, Expression? otherwise) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var value = scope.Json(path);
        return value.Kind == TemplateKind.Undefined && otherwise is not null ? otherwise.Evaluate(ref scope) : value;
    }

    public JsonMember Then(string name) => new([.. path, Encoding.UTF8.GetBytes(name)], null);

    public JsonMember Get(string name, Expression? absent) => new([.. path, Encoding.UTF8.GetBytes(name)], absent);

    /// <summary>Whether members of what this gives may be asked for.</summary>
    public bool IsPlain => otherwise is null;
}

internal sealed class Conditional(Expression condition, Expression then, Expression? otherwise) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var met = condition.Evaluate(ref scope);
        if (met.Kind == TemplateKind.Undefined)
            return TemplateValue.Undefined;
        return met.IsTrue ? then.Evaluate(ref scope) : otherwise is null ? TemplateValue.Undefined : otherwise.Evaluate(ref scope);
    }
}

internal sealed class Either(Expression left, Expression right) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var value = left.Evaluate(ref scope);
        return value.IsTrue ? value : right.Evaluate(ref scope);
    }
}

internal sealed class Both(Expression left, Expression right) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var value = left.Evaluate(ref scope);
        return value.IsTrue ? right.Evaluate(ref scope) : value;
    }
}

internal sealed class Not(Expression of) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var value = of.Evaluate(ref scope);
        return value.Kind == TemplateKind.Undefined ? value : TemplateValue.Of(!value.IsTrue);
    }
}

internal sealed class IsDefined(Expression of) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope) => TemplateValue.Of(of.Evaluate(ref scope).Kind != TemplateKind.Undefined);
}

internal sealed class Comparison(string sign, Expression left, Expression right) : Expression
{
    public override TemplateValue Evaluate(scoped ref TemplateScope scope)
    {
        var a = left.Evaluate(ref scope);
        var b = right.Evaluate(ref scope);
        if (a.Kind == TemplateKind.Undefined || b.Kind == TemplateKind.Undefined)
            return TemplateValue.Undefined;
        if (sign is "==" or "!=")
            return TemplateValue.Of(a.Equals(b) == (sign == "=="));
        return a.CompareTo(b) is not { } order
            ? TemplateValue.Undefined
            : TemplateValue.Of(sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
    }
}
