using System.Text.Json;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Expressions;

/// <summary>What expressions may speak of: the request as the caller made it, the effect's key, and for <c>found</c> the lookup's reply.</summary>
internal sealed record ExpressionScope
{
    /// <summary>The first steps that a pointer may take.</summary>
    public static readonly IReadOnlyList<string> Roots = ["parameters", "body", "idempotencyKey", "reply"];

    public required JsonElement Parameters { get; init; }

    public JsonElement Body { get; init; }

    public required string IdempotencyKey { get; init; }

    public JsonElement Reply { get; init; }

    /// <summary>The value at a pointer; undefined when there is none.</summary>
    public JsonElement Resolve(ReadOnlySpan<string> tokens)
    {
        var root = tokens[0] switch
        {
            "parameters" => Parameters,
            "body" => Body,
            "idempotencyKey" => JsonSerializer.SerializeToElement(IdempotencyKey, OpenApiJson.Default.String),
            _ => Reply,
        };
        return JsonPointer.Resolve(root, tokens[1..]);
    }
}
