using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>A schema of the supported subset, read once. References are looked up when they are used, so that schemas may contain themselves.</summary>
internal sealed class Schema
{
    /// <summary>Accepts everything.</summary>
    public static readonly Schema Anything = new();

    public SchemaTypes Types { get; init; } = SchemaTypes.Any;

    /// <summary>The schema behind a <c>$ref</c>, by the pointer it names.</summary>
    public SchemaReference? Reference { get; init; }

    /// <summary>The only values allowed; null when there is no such list. <c>const</c> is a list of one.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    public SchemaBound? Minimum { get; init; }

    public SchemaBound? Maximum { get; init; }

    /// <summary>In characters, that is Unicode code points.</summary>
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public Regex? Pattern { get; init; }

    /// <summary>The pattern as the document has it.</summary>
    public string? PatternText { get; init; }

    public IReadOnlyDictionary<string, Schema> Properties { get; init; } = new Dictionary<string, Schema>();

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What other members must be; null when they may be anything. A schema without types allows none.</summary>
    public Schema? AdditionalProperties { get; init; }

    public Schema? Items { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public IReadOnlyList<Schema> AllOf { get; init; } = [];

    public IReadOnlyList<Schema> AnyOf { get; init; } = [];

    public IReadOnlyList<Schema> OneOf { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>Shown, not checked.</summary>
    public string? Format { get; init; }

    /// <summary>Schemas that judge the same value as this one.</summary>
    public IEnumerable<Schema> InPlace => [.. Reference is null ? [] : new[] { Reference.Target }, .. AllOf, .. AnyOf, .. OneOf];

    /// <summary>Schemas that judge parts of the value.</summary>
    public IEnumerable<Schema> Parts => [.. Properties.Values, .. AdditionalProperties is null ? [] : new[] { AdditionalProperties }, .. Items is null ? [] : new[] { Items }];
}

/// <summary>A limit of a number.</summary>
internal sealed record SchemaBound(decimal Value, bool Exclusive);

/// <summary>A <c>$ref</c> within the document.</summary>
internal sealed class SchemaReference(string pointer, IReadOnlyDictionary<string, Schema> known)
{
    /// <summary>Where it leads, as an RFC 6901 pointer into the document.</summary>
    public string Pointer => pointer;

    /// <summary>The schema there. Only after the whole document was read.</summary>
    public Schema Target => known[pointer];
}
