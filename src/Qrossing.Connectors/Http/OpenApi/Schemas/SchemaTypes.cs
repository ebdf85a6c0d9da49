using System.Text.Json;

namespace Qrossing.Connectors.Http.OpenApi.Schemas;

/// <summary>The types of JSON Schema, as a set.</summary>
[Flags]
internal enum SchemaTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Integer | Number | String | Array | Object,
}

/// <summary>The types' names and how values belong to them.</summary>
internal static class SchemaTypeNames
{
    public static readonly IReadOnlyList<(SchemaTypes Type, string Name)> All =
    [
        (SchemaTypes.Null, "null"),
        (SchemaTypes.Boolean, "boolean"),
        (SchemaTypes.Integer, "integer"),
        (SchemaTypes.Number, "number"),
        (SchemaTypes.String, "string"),
        (SchemaTypes.Array, "array"),
        (SchemaTypes.Object, "object"),
    ];

    public static SchemaTypes Of(string? name) => All.FirstOrDefault(pair => pair.Name == name).Type;

    /// <summary>A number without a fraction is an integer, however it is written (JSON Schema core section 4.2.3).</summary>
    public static SchemaTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => SchemaTypes.Null,
        JsonValueKind.True or JsonValueKind.False => SchemaTypes.Boolean,
        JsonValueKind.String => SchemaTypes.String,
        JsonValueKind.Array => SchemaTypes.Array,
        JsonValueKind.Object => SchemaTypes.Object,
        JsonValueKind.Number when IsInteger(value) => SchemaTypes.Integer | SchemaTypes.Number,
        JsonValueKind.Number => SchemaTypes.Number,
        _ => SchemaTypes.None,
    };

    public static string Text(SchemaTypes types) => string.Join(" or ", All.Where(pair => types.HasFlag(pair.Type)).Select(pair => pair.Name));

    private static bool IsInteger(JsonElement number) =>
        number.TryGetDecimal(out var exact) ? decimal.IsInteger(exact) : number.TryGetDouble(out var value) && double.IsInteger(value);
}
