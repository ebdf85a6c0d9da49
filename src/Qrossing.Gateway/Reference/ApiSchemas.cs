using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Qrossing.Gateway.Reference;

/// <summary>The schemas of the records, each once, as components.</summary>
internal sealed class ApiSchemas(OpenApiDocument document, OpenApiDocumentTransformerContext context)
{
    private readonly HashSet<string> _made = [];

    /// <summary>A reference to a record's schema.</summary>
    public async Task<IOpenApiSchema> ReferenceAsync(Type type, CancellationToken cancellationToken)
    {
        var name = NameOf(type);
        if (_made.Add(name))
        {
            document.AddComponent<IOpenApiSchema>(name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        }

        return new OpenApiSchemaReference(name, document);
    }

    /// <summary>An example as the document holds it.</summary>
    public static JsonNode Example(string json) => JsonNode.Parse(json)!;

    // EffectView is Effect to a reader, ListView<EffectView> is EffectList.
    private static string NameOf(Type type)
    {
        if (type.IsGenericType)
        {
            return $"{NameOf(type.GetGenericArguments()[0])}List";
        }

        var name = type.Name;
        return name.EndsWith("View", StringComparison.Ordinal) ? name[..^"View".Length]
            : name == "JsonElement" ? "CloudEvent"
            : name;
    }
}
