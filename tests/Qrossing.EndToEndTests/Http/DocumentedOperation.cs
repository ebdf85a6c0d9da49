using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>An operation of the OpenAPI document.</summary>
internal sealed record DocumentedOperation(HttpMethod Method, string Path, JsonElement Json)
{
    /// <summary>The permission; null for open paths.</summary>
    public string? Permission => Json.TryGetProperty("x-permission", out var permission) ? permission.GetString() : null;

    /// <summary>Whether it takes a JSON body with a schema of ours.</summary>
    public bool TakesJson => Json.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out _);

    /// <summary>The example of its body.</summary>
    public string? Example =>
        TakesJson && Json.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out var example) ? example.GetRawText() : null;

    /// <summary>All of a document.</summary>
    public static IEnumerable<DocumentedOperation> Of(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select new DocumentedOperation(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, operation.Value);

    /// <summary>A request whose path parameters name nothing.</summary>
    public HttpRequestMessage Request(string? body = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(Method, new Uri(string.Join('/', Path.Split('/').Select(part => part.StartsWith('{') ? "nothing" : part)), UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        request.Headers.Add("Idempotency-Key", "k");
        return request;
    }

    public override string ToString() => $"{Method} {Path}";
}
