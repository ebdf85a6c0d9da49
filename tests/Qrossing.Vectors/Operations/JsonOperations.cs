using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qrossing.Formats.Json;

namespace Qrossing.Vectors.Operations;

/// <summary>Operations of the Json room.</summary>
public static class JsonOperations
{
    public static IReadOnlyDictionary<string, Func<JsonElement, JsonObject>> All { get; } =
        new Dictionary<string, Func<JsonElement, JsonObject>>
        {
            ["json.parse"] = Parse,
            ["jcs.canonicalize"] = Canonicalize,
        };

    private static JsonObject Parse(JsonElement input) =>
        JsonGrammar.IsValid(VectorInput.Base64(input, "base64")) ? [] : throw new VectorRefusedException("not JSON (RFC 8259)");

    private static JsonObject Canonicalize(JsonElement input)
    {
        var json = Encoding.UTF8.GetBytes(VectorInput.Text(input, "json"));
        if (!StrictJson.TryParse(json, out var document, out var problem))
        {
            throw new VectorRefusedException(problem.Message);
        }

        using (document)
        {
            return Jcs.TryCanonicalize(document.RootElement, out var canonical, out var pointer)
                ? new JsonObject { ["hex"] = Convert.ToHexStringLower(canonical) }
                : throw new VectorRefusedException($"no canonical form at '{pointer}'");
        }
    }
}
