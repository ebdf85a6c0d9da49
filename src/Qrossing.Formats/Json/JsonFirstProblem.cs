using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Qrossing.Formats.Json;

/// <summary>Walks a JSON text that may break a rule of <see cref="StrictJson"/> and reports the first one broken.</summary>
internal sealed class JsonFirstProblem(int maxDepth)
{
    private readonly Stack<Level> _levels = new();

    public JsonProblem? Find(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, JsonGrammar.AnyDepth);
        try
        {
            while (reader.Read())
            {
                if (Take(ref reader) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }
        catch (JsonException syntax)
        {
            return Problem(Offset(utf8, syntax), "The text is not JSON (RFC 8259).", JsonProblemKind.Syntax);
        }
    }

    private JsonProblem? Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                return TakeName(ref reader);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _levels.Pop();
                return null;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                NextElement();
                if (_levels.Count == maxDepth)
                {
                    return Problem(
                        reader.TokenStartIndex,
                        $"Arrays and objects are nested more than {maxDepth.ToString(CultureInfo.InvariantCulture)} deep.",
                        JsonProblemKind.TooDeep);
                }

                _levels.Push(new Level(reader.TokenType == JsonTokenType.StartObject ? [] : null));
                return null;
            case JsonTokenType.String:
                NextElement();
                return TextProblem(ref reader);
            default:
                NextElement();
                return null;
        }
    }

    private JsonProblem? TakeName(ref Utf8JsonReader reader)
    {
        var level = _levels.Peek();
        level.Name = null;
        if (TextProblem(ref reader) is { } problem)
        {
            return problem;
        }

        level.Name = reader.GetString()!;
        return level.Names!.Add(level.Name)
            ? null
            : Problem(reader.TokenStartIndex, "A member name is repeated in its object.", JsonProblemKind.RepeatedName);
    }

    private JsonProblem? TextProblem(ref Utf8JsonReader reader)
    {
        if (!Utf8.IsValid(reader.ValueSpan))
        {
            return Problem(reader.TokenStartIndex, "A string is not UTF-8.", JsonProblemKind.InvalidUtf8);
        }

        return reader.ValueIsEscaped && JsonEscapes.HoldLoneSurrogate(reader.ValueSpan)
            ? Problem(reader.TokenStartIndex, "An escape names one half of a surrogate pair.", JsonProblemKind.LoneSurrogate)
            : null;
    }

    private void NextElement()
    {
        if (_levels.TryPeek(out var level) && level.Names is null)
        {
            level.Index++;
        }
    }

    private JsonProblem Problem(long offset, string message, JsonProblemKind kind) =>
        new(Pointer(), offset, message, kind);

    /// <summary>RFC 6901, sections 3 and 4.</summary>
    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var level in _levels.Reverse())
        {
            if (level.Names is null && level.Index >= 0)
            {
                pointer.Append('/').Append(level.Index);
            }
            else if (level.Name is not null)
            {
                pointer.Append('/').Append(JsonPointer.Escape(level.Name));
            }
        }

        return pointer.ToString();
    }

    /// <summary>The parser counts lines and bytes in the line; callers want the offset in the text.</summary>
    private static long Offset(ReadOnlySpan<byte> utf8, JsonException syntax)
    {
        var start = 0;
        for (var line = 0L; line < (syntax.LineNumber ?? 0); line++)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return Math.Min(start + (syntax.BytePositionInLine ?? 0), utf8.Length);
    }

    /// <summary>An open object (with the names seen) or array (with the index of its current element).</summary>
    private sealed class Level(HashSet<string>? names)
    {
        public HashSet<string>? Names { get; } = names;

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
