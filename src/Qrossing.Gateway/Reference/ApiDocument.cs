using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Reference;

/// <summary>Makes the OpenAPI document from the rules in the endpoints' metadata: what is enforced and what is documented are the same object.</summary>
internal sealed class ApiDocument(EndpointDataSource endpoints) : IOpenApiDocumentTransformer
{
    /// <summary>The document's name in its path.</summary>
    public const string Name = "v1";

    /// <summary>Security scheme: the key in its own header.</summary>
    public const string ApiKeyScheme = "apiKey";

    /// <summary>Security scheme: the key as a bearer token.</summary>
    public const string BearerScheme = "bearer";

    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Qrossing",
            Version = Name,
            Description = "The integration gateway of the AnarQ&Q ecosystem. Every change in an external system is an effect: recorded before it is attempted, never called success or failure on a guess.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.AddComponent(ApiKeyScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "qk_<environment>_<id>_<secret>" });
        document.AddComponent(BearerScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The API key as a bearer token." });
        document.Paths ??= [];
        document.Tags = new HashSet<OpenApiTag>();
        var schemas = new ApiSchemas(document, context);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>().OrderBy(static endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal))
        {
            // The reference page's own files are no part of the API.
            if (endpoint.Metadata.GetMetadata<EndpointRule>() is { } rule && !new PathString(PathOf(endpoint)).StartsWithSegments(ReferencePage.Root))
            {
                await AddAsync(document, endpoint, rule, schemas, cancellationToken);
            }
        }
    }

    private static async Task AddAsync(OpenApiDocument document, RouteEndpoint endpoint, EndpointRule rule, ApiSchemas schemas, CancellationToken cancellationToken)
    {
        var path = PathOf(endpoint);
        if (!document.Paths.TryGetValue(path, out var item))
        {
            document.Paths[path] = item = new OpenApiPathItem();
        }

        if (document.Tags!.All(tag => tag.Name != rule.Text.Tag))
        {
            document.Tags!.Add(new OpenApiTag { Name = rule.Text.Tag });
        }

        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        for (var i = 0; i < methods.Count; i++)
        {
            var operation = await new ApiOperation(document, rule, schemas).BuildAsync(endpoint, methods[i], cancellationToken);
            operation.OperationId = i == 0 ? rule.Text.OperationId : $"{rule.Text.OperationId}_{methods[i].ToLowerInvariant()}";
            if (HttpMethods.IsHead(methods[i]))
            {
                operation.AddExtension("x-scalar-ignore", new JsonNodeExtension(JsonValue.Create(true))); // the page shows the GET alone
            }

            ((OpenApiPathItem)item).AddOperation(new HttpMethod(methods[i]), operation);
        }
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(static segment =>
        string.Concat(segment.Parts.Select(static part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => string.Empty,
        }))));
}
