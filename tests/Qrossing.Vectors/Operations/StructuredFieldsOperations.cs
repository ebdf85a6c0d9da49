using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.StructuredFields;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the StructuredFields room.</summary>
public static class StructuredFieldsOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>> { ["sf.parse"] = Parse };

    private static JsonObject Parse(JsonElement input)
    {
        var value = StructuredField.Combine(VectorInput.Texts(input, "raw"));
        var canonical = VectorInput.Text(input, "type") switch
        {
            "item" when StructuredField.TryParseItem(value, out var item) => StructuredField.Serialize(item),
            "list" when StructuredField.TryParseList(value, out var list) => StructuredField.Serialize(list),
            "dictionary" when StructuredField.TryParseDictionary(value, out var dictionary) => StructuredField.Serialize(dictionary),
            var type => throw new VectorRefusedException($"no structured field of type '{type}'"),
        };
        return new JsonObject { ["canonical"] = canonical };
    }
}
