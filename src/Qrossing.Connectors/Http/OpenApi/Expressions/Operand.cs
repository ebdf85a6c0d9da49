using System.Globalization;
using System.Text.Json;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Expressions;

/// <summary>A pointer into the scope (<c>/body/reference</c>) or a JSON value written out (<c>"open"</c>, <c>1</c>, <c>true</c>, <c>null</c>).</summary>
internal sealed class Operand
{
    private readonly string[]? _tokens;
    private readonly JsonElement _value;

    private Operand(string[]? tokens, JsonElement value) => (_tokens, _value) = (tokens, value);

    /// <summary>Whether the operand needs a reply to have a value.</summary>
    public bool SpeaksOfReply => _tokens?[0] == "reply";

    /// <summary>The operand; null when the text is none.</summary>
    public static Operand? Parse(string text)
    {
        text = text.Trim();
        if (text.StartsWith('/'))
        {
            return JsonPointer.Tokens(text) is [var root, ..] tokens && ExpressionScope.Roots.Contains(root) ? new Operand(tokens, default) : null;
        }

        try
        {
            return new Operand(null, JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the reply answers what the operand asks of it: every member on the way is there. An entry of a list that is too short is an answer, a member that
    /// an object does not have is none.
    /// </summary>
    public bool IsAnswered(ExpressionScope scope)
    {
        if (!SpeaksOfReply)
        {
            return true;
        }

        var at = scope.Reply;
        foreach (var token in _tokens.AsSpan(1))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(token, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && (token is "0" || !token.StartsWith('0')) && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                if (index >= at.GetArrayLength())
                {
                    return true;
                }

                at = at[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value; undefined when the pointer leads nowhere.</summary>
    public JsonElement ValueIn(ExpressionScope scope) => _tokens is null ? _value : scope.Resolve(_tokens);
}
