using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.Core.Connectors.Binding;

/// <summary>JSON Schema (draft 2020-12) of an options record: what the console's form, the reference page and <c>GET /v1/connectors</c> show.</summary>
internal static class OptionsSchema
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>The schema of <paramref name="options"/>.</summary>
    public static JsonObject Of(Type options)
    {
        var schema = Object(OptionsJson.Settings.GetJsonSchemaAsNode(options, Exporter));
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = Object(node);
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (TextFormat(type) is { } format)
        {
            var nullable = type != context.TypeInfo.Type || context.PropertyInfo is { IsSetNullable: true, PropertyType.IsValueType: false };
            schema["type"] = nullable ? new JsonArray("string", "null") : "string";
            schema["format"] = format;
        }

        if (context.PropertyInfo is { } property)
        {
            Describe(schema, property);
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            Require(schema, context.TypeInfo);
        }

        return schema;
    }

    private static string? TextFormat(Type type) =>
        type == typeof(TimeSpan) ? "duration"
        : type == typeof(SecretRef) ? "secret"
        : type == typeof(Uri) ? "uri"
        : null;

    private static void Describe(JsonObject schema, JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not PropertyInfo declared)
        {
            return;
        }

        var description = DocText.Of(declared)
            ?? declared.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? declared.GetCustomAttribute<DisplayAttribute>()?.GetDescription();
        if (description is not null)
        {
            schema["description"] = description;
        }

        foreach (var rule in declared.GetCustomAttributes<ValidationAttribute>())
        {
            Restrict(schema, rule);
        }

        if (!IsRequired(property) && DefaultOf(property) is { } value)
        {
            schema["default"] = value;
        }
    }

    private static void Restrict(JsonObject schema, ValidationAttribute rule)
    {
        switch (rule)
        {
            case RangeAttribute { OperandType: var type } range when type == typeof(TimeSpan):
                schema["formatMinimum"] = range.Minimum.ToString();
                schema["formatMaximum"] = range.Maximum.ToString();
                break;
            case RangeAttribute range:
                schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = JsonSerializer.SerializeToNode(range.Minimum);
                schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = JsonSerializer.SerializeToNode(range.Maximum);
                break;
            case StringLengthAttribute length:
                schema["minLength"] = length.MinimumLength;
                schema["maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute length:
                schema[IsArray(schema) ? "minItems" : "minLength"] = length.Length;
                break;
            case MaxLengthAttribute length:
                schema[IsArray(schema) ? "maxItems" : "maxLength"] = length.Length;
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = $"^(?:{pattern.Pattern})$";
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonSerializer.SerializeToNode(value))]);
                break;
        }
    }

    private static bool IsArray(JsonObject schema) => schema.ContainsKey("items");

    /// <summary>The exporter knows the <c>required</c> keyword; <see cref="RequiredAttribute"/> means the same to an operator.</summary>
    private static void Require(JsonObject schema, JsonTypeInfo shape)
    {
        var names = shape.Properties.Where(IsRequired).Select(property => JsonValue.Create(property.Name)).ToArray<JsonNode?>();
        if (names.Length > 0)
        {
            schema["required"] = new JsonArray(names);
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true;

    // "required" binds the compiler only: an instance made here has every default and nothing else.
    private static JsonNode? DefaultOf(JsonPropertyInfo property)
    {
        var record = Activator.CreateInstance(property.DeclaringType, nonPublic: true);
        var value = record is null ? null : property.Get?.Invoke(record);
        return value is null ? null : JsonSerializer.SerializeToNode(value, property.PropertyType, OptionsJson.Settings);
    }

    private static JsonObject Object(JsonNode node) => node as JsonObject ?? [];
}
