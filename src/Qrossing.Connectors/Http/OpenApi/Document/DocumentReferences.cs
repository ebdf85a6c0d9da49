using System.Text.Json;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>Follows <c>$ref</c> within one document. Nothing is ever fetched.</summary>
internal sealed class DocumentReferences(JsonElement document, List<DocumentProblem> problems)
{
    /// <summary>The element itself, or what its chain of <c>$ref</c> leads to; null, with a problem, when it leads nowhere.</summary>
    public (string Pointer, JsonElement Element)? Resolve(JsonElement element, string pointer) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var target) ? Follow(target, pointer) : (pointer, element);

    /// <summary>What a <c>$ref</c> leads to, over several when they refer to each other.</summary>
    /// <param name="target">The value of the <c>$ref</c>.</param>
    /// <param name="pointer">Where the <c>$ref</c> stands, for the problem.</param>
    public (string Pointer, JsonElement Element)? Follow(JsonElement target, string pointer)
    {
        var visited = new HashSet<string>();
        while (true)
        {
            if (target.ValueKind != JsonValueKind.String || PointerOf(target.GetString()!) is not { } path || JsonPointer.Tokens(path) is not { } tokens)
            {
                problems.Add(new DocumentProblem(pointer, "refers to something outside the document"));
                return null;
            }

            var found = JsonPointer.Resolve(document, tokens);
            if (found.ValueKind == JsonValueKind.Undefined || !visited.Add(path))
            {
                problems.Add(new DocumentProblem(pointer, found.ValueKind == JsonValueKind.Undefined ? $"refers to {path}, which is not there" : "refers to itself in a circle"));
                return null;
            }

            // A schema may have members beside its $ref; a bare reference is passed through here.
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty("$ref", out var next) && found.EnumerateObject().Count() == 1)
            {
                target = next;
                continue;
            }

            return (path, found);
        }
    }

    /// <summary>The fragment of a reference into the same document (RFC 3986 section 4.4), decoded.</summary>
    private static string? PointerOf(string reference) => reference.StartsWith('#') ? Uri.UnescapeDataString(reference[1..]) : null;
}
