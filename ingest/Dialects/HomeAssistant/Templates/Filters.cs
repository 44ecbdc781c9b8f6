using System.Text;

namespace CivicSignals.Ingest.Dialects.HomeAssistant.Templates;

/// <summary>What stands behind a bar.</summary>
internal static class Filters
{
    /// <summary>A filter applied to a value; null when there is none of that name that takes these arguments.</summary>
    public static Expression? Of(string name, Expression value, Expression? argument) => name switch
    {
        "int" or "float" => new ToNumber(value, argument, isWhole: name == "int"),
        "round" when argument is null or NumberLiteral => new Round(value, argument),
        "bool" when argument is null => new ToBoolean(value),
        "upper" or "lower" when argument is null => new Cased(value, isUpper: name == "upper"),
        "is_defined" when argument is null => value,
        _ => null,
    };

    private sealed class ToNumber(Expression of, Expression? otherwise, bool isWhole) : Expression
    {
        public override TemplateValue Evaluate(scoped ref TemplateScope scope)
        {
            if (of.Evaluate(ref scope).TryNumber(out var number))
                return isWhole ? TemplateValue.Whole(Math.Truncate(number)) : TemplateValue.Real(number);
            return otherwise is null ? TemplateValue.Undefined : otherwise.Evaluate(ref scope);
        }
    }

    private sealed class Round(Expression of, Expression? digits) : Expression
    {
        private const int MaxDigits = 15;

        public override TemplateValue Evaluate(scoped ref TemplateScope scope)
        {
            if (!of.Evaluate(ref scope).TryNumber(out var number))
                return TemplateValue.Undefined;
            var places = digits is null ? 0 : (int)Math.Clamp(digits.Evaluate(ref scope).Number, 0, MaxDigits);
            return places == 0 ? TemplateValue.Whole(Math.Round(number)) : TemplateValue.Real(Math.Round(number, places));
        }
    }

    private sealed class ToBoolean(Expression of) : Expression
    {
        public override TemplateValue Evaluate(scoped ref TemplateScope scope)
        {
            var value = of.Evaluate(ref scope);
            if (value.Kind is TemplateKind.Boolean or TemplateKind.Number)
                return TemplateValue.Of(value.IsTrue);
            if (value.Kind != TemplateKind.Text)
                return TemplateValue.Undefined;
            var text = value.Bytes.Trim(" "u8);
            if (IsAny(text, "true", "yes", "on", "enable", "1"))
                return TemplateValue.Of(true);
            return IsAny(text, "false", "no", "off", "disable", "0") ? TemplateValue.Of(false) : TemplateValue.Undefined;
        }

        private static bool IsAny(ReadOnlySpan<byte> text, params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (Ascii.EqualsIgnoreCase(text, word))
                    return true;
            }

            return false;
        }
    }

    private sealed class Cased(Expression of, bool isUpper) : Expression
    {
        private const int NumberRoom = 40;

        public override TemplateValue Evaluate(scoped ref TemplateScope scope)
        {
            var value = of.Evaluate(ref scope);
            if (value.Kind == TemplateKind.Undefined)
                return value;
            var text = value.Kind == TemplateKind.Text ? value.Bytes : value.Render(scope.Take(NumberRoom));
            var room = scope.Take(text.Length);
            text.CopyTo(room);
            foreach (ref var letter in room)
            {
                if (isUpper ? letter is >= (byte)'a' and <= (byte)'z' : letter is >= (byte)'A' and <= (byte)'Z')
                    letter ^= 0x20;
            }

            return TemplateValue.Of(room);
        }
    }
}
