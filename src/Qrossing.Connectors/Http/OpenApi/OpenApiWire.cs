using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qrossing.Abstractions.Http;
using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Connectors.Wire;
using Qrossing.Formats.Json;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>
/// A call of an operation as an HTTP request (OpenAPI 3.1.0 sections 4.8.8 and 4.8.12). Everything of a caller's is percent-encoded but RFC 3986's
/// unreserved characters, and no value may change which resource the path names.
/// </summary>
internal static class OpenApiWire
{
    /// <summary>What no schema can see: values that the styles cannot write, and values that would break out of their place.</summary>
    public static IEnumerable<OperationViolation> CheckParameters(ApiOperation operation, JsonElement parameters)
    {
        var places = Given(operation, parameters).ToList();
        foreach (var (parameter, value) in places)
        {
            var pointer = $"/parameters/{JsonPointer.Escape(parameter.Name)}";
            if (!ParameterText.IsDefinedFor(value))
            {
                yield return new OperationViolation(pointer, "must be a string, number or boolean, or a flat array or object of these");
            }
            else if (Obstacle(parameter, value) is { } obstacle)
            {
                yield return new OperationViolation(pointer, obstacle);
            }
        }

        if (places.TrueForAll(place => ParameterText.IsDefinedFor(place.Value)) && PathTraversal.IsIn(Path(operation, parameters)))
        {
            yield return new OperationViolation("/parameters", "must not change the path");
        }
    }

    /// <summary>The request without credential. Disposing it is the caller's.</summary>
    public static HttpRequestMessage Request(Uri baseUrl, OperationPlan plan, JsonElement parameters, JsonElement body, IEnumerable<string> extraQuery)
    {
        var operation = plan.Operation;
        var query = Given(operation, parameters)
            .Where(given => given.Parameter.Place == ParameterPlace.Query)
            .SelectMany(given => ParameterText.Form(given.Parameter.Name, given.Value, given.Parameter.Explode))
            .Concat(extraQuery)
            .ToList();
        var target = baseUrl.AbsoluteUri.TrimEnd('/') + Path(operation, parameters) + (query.Count > 0 ? "?" + string.Join('&', query) : "");
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), target);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (parameter, value) in Given(operation, parameters).Where(given => given.Parameter.Place == ParameterPlace.Header))
        {
            request.Headers.TryAddWithoutValidation(parameter.Name, ParameterText.Simple(value, parameter.Explode, text => text));
        }

        if (operation.Body is { } described && body.ValueKind != JsonValueKind.Undefined)
        {
            request.Content = new ByteArrayContent(JsonMarshal.GetRawUtf8Value(body).ToArray());
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(described.MediaType);
        }
        else if (!operation.IsRead)
        {
            // Without a content object the HTTP handler would send a write again by itself on a stale connection.
            request.Content = new ByteArrayContent([]);
        }

        return request;
    }

    /// <summary>Whether a header can carry the text: visible ASCII, space and tab (RFC 9110 section 5.5).</summary>
    public static bool IsHeaderValue(string text) => text.All(static unit => unit is '\t' or (>= ' ' and <= '~'));

    /// <summary>Parameters that are given; null means not given.</summary>
    private static IEnumerable<(ApiParameter Parameter, JsonElement Value)> Given(ApiOperation operation, JsonElement parameters)
    {
        foreach (var parameter in operation.Parameters)
        {
            if (JsonPointer.Resolve(parameters, parameter.Name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value)
            {
                yield return (parameter, value);
            }
        }
    }

    private static string Path(ApiOperation operation, JsonElement parameters) => Given(operation, parameters)
        .Where(given => given.Parameter.Place == ParameterPlace.Path)
        .Aggregate(operation.Path, (path, given) => path.Replace(
            $"{{{given.Parameter.Name}}}", ParameterText.Simple(given.Value, given.Parameter.Explode, Uri.EscapeDataString), StringComparison.Ordinal));

    private static string? Obstacle(ApiParameter parameter, JsonElement value)
    {
        var text = ParameterText.Simple(value, parameter.Explode, part => part);
        return parameter.Place switch
        {
            ParameterPlace.Path when text.Length == 0 => "must not be empty in a path",
            ParameterPlace.Path when PathTraversal.IsIn(text) => "must not contain . or .. as a step of the path",
            ParameterPlace.Header when !IsHeaderValue(text) => "must be visible ASCII in a header",
            _ => null,
        };
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class OpenApiJson : JsonSerializerContext;
