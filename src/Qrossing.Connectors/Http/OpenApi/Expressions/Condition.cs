using System.Text.Json;

namespace Qrossing.Connectors.Http.OpenApi.Expressions;

/// <summary>
/// <c>operand</c>, <c>operand == operand</c> or <c>operand != operand</c>. An operand alone holds when it leads to something other than null, false,
/// and an empty array. Two operands are equal as JSON values; one that leads nowhere equals nothing.
/// </summary>
internal sealed class Condition
{
    private readonly Operand _left;
    private readonly Operand? _right;
    private readonly bool _negated;

    private Condition(Operand left, Operand? right, bool negated) => (_left, _right, _negated) = (left, right, negated);

    /// <summary>The condition; null when the text is none.</summary>
    public static Condition? Parse(string text)
    {
        var (index, negated) = Comparison(text);
        if (index < 0)
        {
            return Operand.Parse(text) is { } alone ? new Condition(alone, null, negated: false) : null;
        }

        return Operand.Parse(text[..index]) is { } left && Operand.Parse(text[(index + 2)..]) is { } right
            ? new Condition(left, right, negated)
            : null;
    }

    /// <summary>Whether the reply has what the condition speaks of; where it has not, the condition decides nothing.</summary>
    public bool IsAnswered(ExpressionScope scope) => _left.IsAnswered(scope) && _right?.IsAnswered(scope) != false;

    public bool Holds(ExpressionScope scope)
    {
        var left = _left.ValueIn(scope);
        if (_right is null)
        {
            return left.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False)
                && !(left.ValueKind == JsonValueKind.Array && left.GetArrayLength() == 0);
        }

        var right = _right.ValueIn(scope);
        var equal = left.ValueKind != JsonValueKind.Undefined && right.ValueKind != JsonValueKind.Undefined && JsonElement.DeepEquals(left, right);
        return equal != _negated;
    }

    /// <summary>Where the comparison stands: the first <c>==</c> or <c>!=</c> outside of a JSON string.</summary>
    private static (int Index, bool Negated) Comparison(string text)
    {
        var quoted = false;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '=' or '!' when !quoted && text[i + 1] == '=':
                    return (i, text[i] == '!');
            }
        }

        return (-1, false);
    }
}
