using System.Text.Json;
using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Connectors.Http.OpenApi.Document;

/// <summary>What the connector needs of an OpenAPI 3.0 or 3.1 document.</summary>
internal sealed record OpenApiDocument
{
    public required string Title { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyDictionary<string, ApiOperation> Operations { get; init; }

    /// <summary>Reads the document. With problems the result is of no use beyond naming more of them.</summary>
    public static OpenApiDocument Read(JsonElement document, List<DocumentProblem> problems)
    {
        var version = DocumentReader.Text(document, "openapi") ?? "";
        var isVersion31 = version.StartsWith("3.1.", StringComparison.Ordinal);
        if (!isVersion31 && !version.StartsWith("3.0.", StringComparison.Ordinal))
        {
            problems.Add(new DocumentProblem("/openapi", "must be 3.0.x or 3.1.x"));
        }

        var references = new DocumentReferences(document, problems);
        var schemas = new SchemaReader(references, siblingsOfRef: isVersion31, problems);
        var operations = new DocumentReader(references, schemas, problems).ReadOperations(document);
        schemas.Finish();

        DocumentReader.TryMember(document, "info", out var info);
        return new OpenApiDocument
        {
            Title = DocumentReader.Text(info, "title") ?? "",
            Version = DocumentReader.Text(info, "version") ?? "",
            Operations = operations,
        };
    }
}
