using System.Text.Json.Nodes;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>Writes schemas as JSON Schema 2020-12, whichever OpenAPI version they came from; what is referenced goes into <c>$defs</c>.</summary>
internal sealed class SchemaWriter
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Queue<SchemaReference> _waiting = new();

    private SchemaWriter()
    {
    }

    /// <summary>A schema that stands alone.</summary>
    public static JsonObject Write(Schema schema)
    {
        var writer = new SchemaWriter();
        var root = writer.Node(schema);
        var definitions = new JsonObject();
        while (writer._waiting.TryDequeue(out var reference))
        {
            definitions[writer._names[reference.Pointer]] = writer.Node(reference.Target);
        }

        if (definitions.Count > 0)
        {
            root["$defs"] = definitions;
        }

        return root;
    }

    private JsonObject Node(Schema schema)
    {
        var node = new JsonObject();
        if (schema.Types == SchemaTypes.None)
        {
            node["not"] = new JsonObject();
            return node;
        }

        Add(node, "description", schema.Description);
        Add(node, "format", schema.Format);
        Add(node, "type", TypeNode(schema.Types));
        Add(node, "$ref", schema.Reference is { } reference ? $"#/$defs/{NameOf(reference)}" : null);
        Add(node, "enum", schema.Values is { } values ? new JsonArray([.. values.Select(value => JsonNode.Parse(value.GetRawText()))]) : null);
        Add(node, schema.Minimum?.Exclusive == true ? "exclusiveMinimum" : "minimum", schema.Minimum?.Value);
        Add(node, schema.Maximum?.Exclusive == true ? "exclusiveMaximum" : "maximum", schema.Maximum?.Value);
        Add(node, "minLength", schema.MinLength);
        Add(node, "maxLength", schema.MaxLength);
        Add(node, "pattern", schema.PatternText);
        Add(node, "properties", schema.Properties.Count > 0 ? new JsonObject(schema.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Key, Node(property.Value)))) : null);
        Add(node, "required", schema.Required.Count > 0 ? new JsonArray([.. schema.Required.Select(name => JsonValue.Create(name))]) : null);
        Add(node, "additionalProperties", schema.AdditionalProperties switch
        {
            null => null,
            { Types: SchemaTypes.None } => JsonValue.Create(false),
            { } others => Node(others),
        });
        Add(node, "items", schema.Items is { } items ? Node(items) : null);
        Add(node, "minItems", schema.MinItems);
        Add(node, "maxItems", schema.MaxItems);
        Add(node, "allOf", Several(schema.AllOf));
        Add(node, "anyOf", Several(schema.AnyOf));
        Add(node, "oneOf", Several(schema.OneOf));
        return node;
    }

    private static void Add(JsonObject node, string keyword, JsonNode? value)
    {
        if (value is not null)
        {
            node[keyword] = value;
        }
    }

    private JsonArray? Several(IReadOnlyList<Schema> schemas) => schemas.Count > 0 ? new JsonArray([.. schemas.Select(Node)]) : null;

    private static JsonNode? TypeNode(SchemaTypes types)
    {
        if (types == SchemaTypes.Any)
        {
            return null;
        }

        JsonNode?[] names = [.. SchemaTypeNames.All.Where(pair => types.HasFlag(pair.Type)).Select(pair => JsonValue.Create(pair.Name))];
        return names.Length == 1 ? names[0] : new JsonArray(names);
    }

    /// <summary>The last step of the pointer, which is the component's name; a number behind it when two places share it.</summary>
    private string NameOf(SchemaReference reference)
    {
        if (_names.TryGetValue(reference.Pointer, out var name))
        {
            return name;
        }

        var last = reference.Pointer[(reference.Pointer.LastIndexOf('/') + 1)..].Replace("~", "_", StringComparison.Ordinal);
        name = last;
        for (var number = 2; _names.ContainsValue(name); number++)
        {
            name = $"{last}_{number}";
        }

        _names[reference.Pointer] = name;
        _waiting.Enqueue(reference);
        return name;
    }
}
