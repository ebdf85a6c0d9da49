using System.Collections.Frozen;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>The documented subset of JSON Schema. A keyword that is in neither list would silently let wrong requests pass, so it is refused by name.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Checked = FrozenSet.ToFrozenSet(
    [
        "$ref", "type", "nullable", "enum", "const",
        "properties", "required", "additionalProperties",
        "items", "minItems", "maxItems",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "pattern",
        "oneOf", "anyOf", "allOf",
    ]);

    /// <summary>They describe and do not judge.</summary>
    private static readonly FrozenSet<string> Annotations = FrozenSet.ToFrozenSet(
    [
        "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "format",
        "externalDocs", "xml", "discriminator", "contentEncoding", "contentMediaType", "contentSchema", "$comment",
    ]);

    public static bool IsKnown(string keyword) =>
        Checked.Contains(keyword) || Annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);
}
