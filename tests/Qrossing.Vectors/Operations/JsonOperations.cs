using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Json room.</summary>
public static class JsonOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>();
}
