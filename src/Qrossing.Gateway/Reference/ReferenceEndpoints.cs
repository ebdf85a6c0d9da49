using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Reference;

/// <summary><c>/openapi</c>: the document, made once, as JSON and YAML.</summary>
internal sealed class ReferenceEndpoints([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents) : IMapsEndpoints, IDisposable
{
    private const string Tag = "Reference";
    private readonly SemaphoreSlim _gate = new(1);
    private Rendered? _json;
    private Rendered? _yaml;

    public void Map(RestRoutes routes)
    {
        routes.Open($"/openapi/{ApiDocument.Name}.json", new EndpointText("getOpenApiJson", Tag, "This API as an OpenAPI 3.1 document."), JsonAsync);
        routes.Open($"/openapi/{ApiDocument.Name}.yaml", new EndpointText("getOpenApiYaml", Tag, "This API as an OpenAPI 3.1 document in YAML.") { MediaType = "application/yaml" }, YamlAsync);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<Answer> JsonAsync(HttpContext http) =>
        Send(http, "application/json", _json ??= await RenderAsync((document, stream) => document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), http.RequestAborted));

    private async Task<Answer> YamlAsync(HttpContext http) =>
        Send(http, "application/yaml", _yaml ??= await RenderAsync((document, stream) => document.SerializeAsYamlAsync(stream, OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), http.RequestAborted));

    private static Answer Send(HttpContext http, string type, Rendered rendered)
    {
        http.Response.Headers.ETag = rendered.Tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch == rendered.Tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Answer.Written;
        }

        return Answer.Bytes(StatusCodes.Status200OK, type, rendered.Bytes);
    }

    private async Task<Rendered> RenderAsync(Func<OpenApiDocument, Stream, Task> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
            using var buffer = new MemoryStream();
            await write(document, buffer);
            var bytes = buffer.ToArray();
            return new Rendered(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Rendered(byte[] Bytes, string Tag);
}
