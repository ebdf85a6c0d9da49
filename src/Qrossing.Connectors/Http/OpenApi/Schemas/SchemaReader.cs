using System.Text.Json;
using System.Text.RegularExpressions;
using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>
/// Reads schemas of a document. Referenced schemas are read once, after the one that names them, so that a schema may contain itself;
/// <see cref="Finish"/> reads what is still waiting and finds references that lead back to themselves without a step into the value.
/// </summary>
internal sealed class SchemaReader(DocumentReferences references, bool siblingsOfRef, List<DocumentProblem> problems)
{
    private readonly Dictionary<string, Schema> _known = [];
    private readonly Queue<(string Pointer, JsonElement Element)> _waiting = new();

    /// <summary>The schema at a place of the document.</summary>
    public Schema Read(JsonElement element, string pointer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True:
                return Schema.Anything;
            case JsonValueKind.False:
                return new Schema { Types = SchemaTypes.None };
            case not JsonValueKind.Object:
                return Refuse(pointer, "is no schema");
        }

        var reference = element.TryGetProperty("$ref", out var target) ? Refer(target, pointer) : null;
        if (reference is not null && !siblingsOfRef)
        {
            return new Schema { Reference = reference };
        }

        foreach (var keyword in element.EnumerateObject().Select(member => member.Name).Where(name => !SchemaKeywords.IsKnown(name)))
        {
            problems.Add(new DocumentProblem(pointer, $"keyword '{keyword}' is not supported"));
        }

        return new Schema
        {
            Reference = reference,
            Types = Types(element, pointer),
            Values = Values(element, pointer),
            Minimum = Bound(element, "minimum", "exclusiveMinimum", pointer),
            Maximum = Bound(element, "maximum", "exclusiveMaximum", pointer),
            MinLength = Count(element, "minLength", pointer),
            MaxLength = Count(element, "maxLength", pointer),
            Pattern = Pattern(element, pointer),
            PatternText = DocumentReader.Text(element, "pattern"),
            Properties = Properties(element, pointer),
            Required = Required(element, pointer),
            AdditionalProperties = element.TryGetProperty("additionalProperties", out var others) ? Read(others, pointer + "/additionalProperties") : null,
            Items = element.TryGetProperty("items", out var items) ? Read(items, pointer + "/items") : null,
            MinItems = Count(element, "minItems", pointer),
            MaxItems = Count(element, "maxItems", pointer),
            AllOf = Several(element, "allOf", pointer),
            AnyOf = Several(element, "anyOf", pointer),
            OneOf = Several(element, "oneOf", pointer),
            Description = DocumentReader.Text(element, "description"),
            Format = DocumentReader.Text(element, "format"),
        };
    }

    /// <summary>To be called once, when every schema of the document was asked for.</summary>
    public void Finish()
    {
        while (_waiting.TryDequeue(out var next))
        {
            _known[next.Pointer] = Read(next.Element, next.Pointer);
        }

        foreach (var (pointer, schema) in _known)
        {
            if (LeadsBackTo(schema, schema, new HashSet<Schema>(ReferenceEqualityComparer.Instance)))
            {
                problems.Add(new DocumentProblem(pointer, "the schema refers to itself without a step into the value"));
            }
        }
    }

    private static bool LeadsBackTo(Schema target, Schema from, HashSet<Schema> seen) =>
        from.InPlace.Any(next => ReferenceEquals(next, target) || (seen.Add(next) && LeadsBackTo(target, next, seen)));

    private SchemaReference? Refer(JsonElement target, string pointer)
    {
        if (references.Follow(target, pointer) is not { } found)
        {
            return null;
        }

        if (!_known.ContainsKey(found.Pointer))
        {
            // Overwritten when its turn comes; until then it keeps the schema from waiting twice.
            _known[found.Pointer] = Schema.Anything;
            _waiting.Enqueue(found);
        }

        return new SchemaReference(found.Pointer, _known);
    }

    private SchemaTypes Types(JsonElement element, string pointer)
    {
        var types = element.TryGetProperty("type", out var type) ? type.ValueKind switch
        {
            JsonValueKind.String => TypeOf(type, pointer),
            JsonValueKind.Array => type.EnumerateArray().Aggregate(SchemaTypes.None, (all, one) => all | TypeOf(one, pointer)),
            _ => TypeOf(default, pointer),
        } : SchemaTypes.Any;
        return element.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True ? types | SchemaTypes.Null : types;
    }

    private SchemaTypes TypeOf(JsonElement name, string pointer)
    {
        var type = SchemaTypeNames.Of(name.ValueKind == JsonValueKind.String ? name.GetString() : null);
        if (type == SchemaTypes.None)
        {
            problems.Add(new DocumentProblem(pointer + "/type", "is no type of JSON Schema"));
        }

        return type;
    }

    private IReadOnlyList<JsonElement>? Values(JsonElement element, string pointer)
    {
        if (element.TryGetProperty("const", out var only))
        {
            return [only];
        }

        if (!element.TryGetProperty("enum", out var values))
        {
            return null;
        }

        if (values.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new DocumentProblem(pointer + "/enum", "is no array"));
            return null;
        }

        return [.. values.EnumerateArray()];
    }

    /// <summary>OpenAPI 3.0 has a flag beside the limit, 3.1 a limit of its own; the tighter one of two limits holds.</summary>
    private SchemaBound? Bound(JsonElement element, string inclusive, string exclusive, string pointer)
    {
        var limit = Number(element, inclusive, pointer);
        if (!element.TryGetProperty(exclusive, out var flag) || flag.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return limit is { } value ? new SchemaBound(value, flag.ValueKind == JsonValueKind.True) : null;
        }

        var open = Number(element, exclusive, pointer);
        var inclusiveIsTighter = limit is { } closed && open is { } other && (inclusive == "minimum" ? closed > other : closed < other);
        return inclusiveIsTighter || open is null
            ? limit is { } bound ? new SchemaBound(bound, Exclusive: false) : null
            : new SchemaBound(open.Value, Exclusive: true);
    }

    private decimal? Number(JsonElement element, string keyword, string pointer)
    {
        if (!element.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }

        problems.Add(new DocumentProblem($"{pointer}/{keyword}", "is no number within 28 digits"));
        return null;
    }

    private int? Count(JsonElement element, string keyword, string pointer)
    {
        if (!element.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }

        problems.Add(new DocumentProblem($"{pointer}/{keyword}", "is no count"));
        return null;
    }

    private Regex? Pattern(JsonElement element, string pointer)
    {
        if (DocumentReader.Text(element, "pattern") is not { } text)
        {
            return null;
        }

        try
        {
            return EcmaPattern.Compile(text);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            problems.Add(new DocumentProblem(pointer + "/pattern", "cannot be checked in linear time or is no pattern"));
            return null;
        }
    }

    private Dictionary<string, Schema> Properties(JsonElement element, string pointer) => DocumentReader.Members(element, "properties")
        .ToDictionary(member => member.Name, member => Read(member.Value, $"{pointer}/properties/{JsonPointer.Escape(member.Name)}"));

    /// <summary>A read-only member is required in replies only (OpenAPI 3.0.3 section 4.7.24.2).</summary>
    private List<string> Required(JsonElement element, string pointer)
    {
        var readOnly = DocumentReader.Members(element, "properties")
            .Where(member => JsonPointer.Resolve(member.Value, "readOnly").ValueKind == JsonValueKind.True)
            .Select(member => member.Name)
            .ToHashSet();
        if (!element.TryGetProperty("required", out var names))
        {
            return [];
        }

        if (names.ValueKind != JsonValueKind.Array || names.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            problems.Add(new DocumentProblem(pointer + "/required", "is no array of names"));
            return [];
        }

        return [.. names.EnumerateArray().Select(name => name.GetString()!).Where(name => !readOnly.Contains(name))];
    }

    private List<Schema> Several(JsonElement element, string keyword, string pointer)
    {
        if (!element.TryGetProperty(keyword, out var schemas))
        {
            return [];
        }

        if (schemas.ValueKind != JsonValueKind.Array || schemas.GetArrayLength() == 0)
        {
            problems.Add(new DocumentProblem($"{pointer}/{keyword}", "is no list of schemas"));
            return [];
        }

        return [.. schemas.EnumerateArray().Select((schema, index) => Read(schema, $"{pointer}/{keyword}/{index}"))];
    }

    private Schema Refuse(string pointer, string reason)
    {
        problems.Add(new DocumentProblem(pointer, reason));
        return Schema.Anything;
    }
}
