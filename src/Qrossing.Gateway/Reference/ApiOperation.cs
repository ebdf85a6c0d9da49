using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Qrossing.Core.Access;
using Qrossing.Core.Effects;
using Qrossing.Core.Errors;
using Qrossing.Core.Storage;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Rest;
using Qrossing.Gateway.Rest.Effects;

namespace Qrossing.Gateway.Reference;

/// <summary>One operation of the document: 1. words and permission, 2. parameters, 3. body, 4. success, 5. problems by status.</summary>
internal sealed class ApiOperation(OpenApiDocument document, EndpointRule rule, ApiSchemas schemas)
{
    private const string ProblemType = "application/problem+json";
    private const string Json = "application/json";

    /// <summary>The operation for one method.</summary>
    public async Task<OpenApiOperation> BuildAsync(RouteEndpoint endpoint, string method, CancellationToken cancellationToken)
    {
        var operation = new OpenApiOperation
        {
            Summary = rule.Text.Summary,
            Description = rule.Text.Description,
            Tags = new HashSet<OpenApiTagReference> { new(rule.Text.Tag, document) },
            Parameters = [.. Parameters(endpoint, method)],
            RequestBody = await BodyAsync(cancellationToken),
            Responses = [],
            Security = [],
        };
        if (rule.Permission is { } permission)
        {
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.ApiKeyScheme, document)] = [] });
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.BearerScheme, document)] = [] });
            operation.AddExtension("x-permission", new JsonNodeExtension(JsonValue.Create(permission)));
        }

        await AddSuccessAsync(operation, method, cancellationToken);
        await AddProblemsAsync(operation, cancellationToken);
        return operation;
    }

    private IEnumerable<IOpenApiParameter> Parameters(RouteEndpoint endpoint, string method)
    {
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            yield return new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Path,
                Required = true,
                Description = parameter.IsCatchAll ? "May contain slashes." : null,
                Schema = Text(),
            };
        }

        foreach (var query in rule.Text.Query)
        {
            yield return new OpenApiParameter { Name = query.Name, In = ParameterLocation.Query, Description = query.Summary, Schema = query.Name == "limit" ? Limit() : Text() };
        }

        if (rule.CausesEffect)
        {
            yield return new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Required = rule.KeyRequired,
                Description = "1 to 255 visible ASCII characters, a new one for each intended effect; a repeat gets the first one's answer.",
                Schema = Text(),
            };
        }

        if (rule.CausesEffect || rule.Waits)
        {
            yield return new OpenApiParameter { Name = "Prefer", In = ParameterLocation.Header, Description = "wait=SECONDS: how long to wait for the outcome. Default 10, at most 60.", Schema = Text() };
        }

        if (rule.Text.MediaType == "text/event-stream")
        {
            yield return new OpenApiParameter { Name = "Last-Event-ID", In = ParameterLocation.Header, Description = "Go on after this position.", Schema = Text() };
        }

        if (method == HttpMethods.Get && rule.Text.OperationId == "getObject")
        {
            yield return new OpenApiParameter { Name = "Range", In = ParameterLocation.Header, Description = "bytes=FIRST-LAST; one range.", Schema = Text() };
        }
    }

    private async Task<OpenApiRequestBody?> BodyAsync(CancellationToken cancellationToken)
    {
        if (rule.Body == BodyKind.None)
        {
            return null;
        }

        var media = new OpenApiMediaType();
        if (rule.Text.Request is { } type)
        {
            media.Schema = await schemas.ReferenceAsync(type, cancellationToken);
        }

        if (rule.Text.RequestExample is { } example)
        {
            media.Example = ApiSchemas.Example(example);
        }

        var types = rule.Text.RequestMediaTypes.Count > 0 ? rule.Text.RequestMediaTypes : [rule.Body == BodyKind.Json ? Json : "*/*"];
        return new OpenApiRequestBody
        {
            Required = rule.Body == BodyKind.Json,
            Description = rule.Text.RequestSize ?? (rule.MaxBodyBytes is { } limit ? $"At most {limit} bytes." : null),
            Content = types.ToDictionary(static type => type, type => type == types[0] ? media : new OpenApiMediaType()),
        };
    }

    private async Task AddSuccessAsync(OpenApiOperation operation, string method, CancellationToken cancellationToken)
    {
        var response = new OpenApiResponse { Description = rule.Text.Status == StatusCodes.Status204NoContent ? "Done." : "Success.", Headers = Headers() };
        if (rule.Text.Status != StatusCodes.Status204NoContent && method != HttpMethods.Head)
        {
            var media = new OpenApiMediaType();
            if (rule.Text.Response is { } type)
            {
                media.Schema = await schemas.ReferenceAsync(type, cancellationToken);
            }

            if (rule.Text.ResponseExample is { } example)
            {
                media.Example = ApiSchemas.Example(example);
            }

            response.Content = new Dictionary<string, OpenApiMediaType> { [rule.Text.MediaType] = media };
        }

        operation.Responses!.Add(rule.Text.Status.ToString(), response);
        if (rule.CausesEffect)
        {
            operation.Responses.TryAdd("202", new OpenApiResponse
            {
                Description = "Not ended within the wait: the effect goes on by itself; Location names it.",
                Headers = Headers(),
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = await schemas.ReferenceAsync(typeof(EffectView), cancellationToken) } },
            });
        }
    }

    private async Task AddProblemsAsync(OpenApiOperation operation, CancellationToken cancellationToken)
    {
        foreach (var status in ProblemsOf(rule).Distinct().GroupBy(static error => error.Status).OrderBy(static group => group.Key))
        {
            var first = status.First();
            operation.Responses!.TryAdd(status.Key.ToString(), new OpenApiResponse
            {
                Description = string.Join(" ", status.Select(static error => $"{error.Code}: {error.Title}.")),
                Headers = Headers(),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemType] = new() { Schema = await schemas.ReferenceAsync(typeof(ProblemView), cancellationToken), Example = ExampleOf(first) },
                },
            });
        }
    }

    /// <summary>Every error that the rule lets an endpoint answer: its own, and those that follow from what is checked.</summary>
    internal static IEnumerable<ErrorCode> ProblemsOf(EndpointRule rule)
    {
        IEnumerable<ErrorCode> all = rule.Text.Errors;
        if (rule.Permission is not null)
        {
            all = all.Concat([AccessErrors.Unauthenticated, AccessErrors.Forbidden, StorageErrors.Lost]);
        }

        if (rule.Body == BodyKind.Json)
        {
            all = all.Concat([HttpErrors.JsonSyntax, HttpErrors.BodyMissing, HttpErrors.UnsupportedMediaType, HttpErrors.TooLarge, HttpErrors.BodyInvalid]);
        }

        if (rule.Text.Query.Count > 0)
        {
            all = all.Append(HttpErrors.QueryInvalid);
        }

        if (rule.CausesEffect)
        {
            all = all.Concat([EffectErrors.KeyMismatch, EffectErrors.KeyInvalid, EffectErrors.Failed]);
        }

        return (rule.KeyRequired ? all.Append(EffectErrors.KeyRequired) : all).Append(HttpErrors.Internal);
    }

    private static Dictionary<string, IOpenApiHeader> Headers() => new()
    {
        [RequestIds.Header] = new OpenApiHeader { Description = "The request's id: the caller's own, or a new one.", Schema = Text() },
    };

    private static JsonObject ExampleOf(ErrorCode error) => new()
    {
        ["type"] = $"/problems/{error.Code}",
        ["title"] = error.Title,
        ["status"] = error.Status,
        ["detail"] = error.Advice,
        ["instance"] = "/v1",
        ["code"] = error.Code,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["retryable"] = error.Retryable,
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Limit() => new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = JsonValue.Create(50) };
}
