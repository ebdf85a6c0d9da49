using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Qrossing.Formats.Json;

/// <summary>The reader of request bodies: RFC 8259 without what readers disagree about (RFC 7493, I-JSON, sections 2.1 and 2.3).</summary>
public static class StrictJson
{
    /// <summary>Nested arrays and objects a body may have by default.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>Parses the text, or says what is wrong with it and where.</summary>
    /// <param name="utf8">The text; the document reads from this memory, which must not change while it lives.</param>
    /// <param name="document">The parsed text; the caller disposes it.</param>
    /// <param name="problem">The first problem in the order of the text.</param>
    /// <param name="maxDepth">Nested arrays and objects allowed, at least 1; a scalar has depth 0.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out JsonDocument? document,
        [NotNullWhen(false)] out JsonProblem? problem,
        int maxDepth = DefaultMaxDepth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDepth, 1);
        var options = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };

        // A valid body is read once, by the document's own parser. The walk that finds the place of a problem is for
        // texts that have one, and for the rare text with an escape that may be half of a pair, which the parser ignores.
        if (Utf8.IsValid(utf8.Span) && !MayEscapeSurrogates(utf8.Span))
        {
            try
            {
                document = JsonDocument.Parse(utf8, options);
                problem = null;
                return true;
            }
            catch (JsonException)
            {
                // Told below, with its place.
            }
        }

        problem = new JsonFirstProblem(maxDepth).Find(utf8.Span);
        document = problem is null ? JsonDocument.Parse(utf8, options) : null;
        return problem is null;
    }

    private static bool MayEscapeSurrogates(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;
}
