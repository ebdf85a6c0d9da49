using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Qrossing.EndToEndTests.Http;

/// <summary>The order of checks of the contract, for every endpoint that the OpenAPI document names.</summary>
[Trait("Kind", "e2e")]
[Collection(HttpBattery.Name)]
public sealed class OrderOfChecksTests(RunningGateway running)
{
    private const string Malformed = "{\"a\":";

    private static readonly string[] Open = ["/health/", "/openapi/", "/docs", "/problems", "/metrics"];

    private IEnumerable<DocumentedOperation> Operations => DocumentedOperation.Of(running.Document);

    private IEnumerable<DocumentedOperation> Protected => Operations.Where(operation => operation.Permission is not null);

    private IEnumerable<DocumentedOperation> Bodies => Protected.Where(operation => operation.TakesJson);

    [Fact]
    public void Every_endpoint_has_a_permission_or_is_on_the_open_list() =>
        Assert.Empty(Operations
            .Where(operation => operation.Permission is null && !Array.Exists(Open, path => operation.Path.StartsWith(path, StringComparison.Ordinal)))
            .Select(operation => operation.ToString()));

    [Fact]
    public async Task Without_a_credential_nothing_else_is_said()
    {
        foreach (var operation in Protected)
        {
            using var request = operation.Request(operation.Method == HttpMethod.Get ? null : Malformed, "text/plain");
            using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            await AssertUnauthenticatedAsync(answer);
        }
    }

    [Theory]
    [InlineData("X-Api-Key", "qk_test_unknown_0123456789012345678901234567890")]
    [InlineData("X-Api-Key", "nonsense")]
    [InlineData("X-Api-Key", "")]
    [InlineData("Authorization", "Bearer qk_test_unknown_0123456789012345678901234567890")]
    [InlineData("Authorization", "Basic YTpi")]
    [InlineData("Authorization", "Bearer")]
    public async Task Wrong_credential_is_as_none(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/effects");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        await AssertUnauthenticatedAsync(answer);
    }

    [Fact]
    public async Task Two_credentials_that_differ_are_as_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/effects");
        request.Headers.Add("X-Api-Key", running.Gateway.AdminKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "qk_test_unknown_0123456789012345678901234567890");
        using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        await AssertUnauthenticatedAsync(answer);
    }

    [Fact]
    public async Task Key_is_taken_as_a_bearer_token_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/effects");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", running.Gateway.AdminKey);
        using var answer = await running.Gateway.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Missing_permission_is_named_before_anything_about_the_body()
    {
        foreach (var operation in Protected)
        {
            using var request = operation.Request(operation.Method == HttpMethod.Get ? null : Malformed, "text/plain");
            using var answer = await running.Powerless.SendAsync(request, TestContext.Current.CancellationToken);
            if (operation.Method == HttpMethod.Head)
            {
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
                continue;
            }

            var problem = await Problem.ReadAsync(answer, HttpStatusCode.Forbidden);
            Assert.Equal("access.forbidden", problem.Code);
            Assert.Contains($"'{operation.Permission}'", problem.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task Media_type_comes_before_size_and_syntax() => EachBodyAsync(
        HttpStatusCode.UnsupportedMediaType, "http.unsupported_media_type", operation => operation.Request(Malformed + new string(' ', 1024 * 1024), "text/plain"));

    [Fact]
    public Task Charset_other_than_UTF_8_is_refused() => EachBodyAsync(
        HttpStatusCode.UnsupportedMediaType, "http.unsupported_media_type", operation => operation.Request("{}", "application/json; charset=iso-8859-1"));

    [Fact]
    public Task Size_comes_before_syntax() => EachBodyAsync(
        HttpStatusCode.RequestEntityTooLarge, "http.body_too_large", operation => operation.Request(Malformed + new string(' ', 1024 * 1024)));

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} {}")]
    [InlineData("// {}")]
    [InlineData("NaN")]
    public Task JSON_that_is_not_strict_is_refused(string body) => EachBodyAsync(HttpStatusCode.BadRequest, "json.syntax", operation => operation.Request(body));

    [Fact]
    public Task JSON_that_is_too_deep_is_refused() => EachBodyAsync(
        HttpStatusCode.BadRequest, "json.syntax", operation => operation.Request(new string('[', 65) + new string(']', 65)));

    [Fact]
    public Task Empty_body_is_missing() => EachBodyAsync(HttpStatusCode.BadRequest, "json.body_missing", operation => operation.Request(string.Empty));

    [Fact]
    public async Task Unknown_member_is_pointed_at_before_the_state_is_looked_at()
    {
        foreach (var operation in Bodies)
        {
            using var request = operation.Request("""{"no~such/member":1}""");
            using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Equal("body.invalid", problem.Code);
            Assert.Contains("/no~0such~1member", problem.Pointers);
        }
    }

    [Fact]
    public async Task Body_that_is_no_object_is_pointed_at()
    {
        foreach (var operation in Bodies)
        {
            using var request = operation.Request("[]");
            using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Equal([string.Empty], problem.Pointers);
        }
    }

    [Fact]
    public async Task Every_member_of_a_wrong_type_is_pointed_at_at_once()
    {
        foreach (var operation in Bodies.Where(operation => operation.Example is not null))
        {
            // Free-form members (options, parameters, arguments, body) take any JSON: what they hold is judged later.
            string[] free = ["options", "parameters", "arguments", "body"];
            var members = JsonElement.Parse(operation.Example!).EnumerateObject().Select(member => member.Name).Except(free).ToList();
            using var request = operation.Request("{" + string.Join(',', members.Select(name => $"\"{name}\":{{\"wrong\":[]}}")) + "}");
            using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            if (members.Count == 0)
            {
                continue;
            }

            var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Empty(members.Select(name => $"/{name}").Except(problem.Pointers));
        }
    }

    [Fact]
    public async Task Required_member_that_is_missing_is_pointed_at()
    {
        foreach (var operation in Bodies)
        {
            var schema = SchemaOf(operation);
            if (!schema.TryGetProperty("required", out var required))
            {
                continue;
            }

            using var request = operation.Request("{}");
            using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Empty(required.EnumerateArray().Select(name => $"/{name.GetString()}").Except(problem.Pointers));
        }
    }

    private static async Task AssertUnauthenticatedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.Headers.WwwAuthenticate.Count > 0, $"{answer.RequestMessage}: {(int)answer.StatusCode} without WWW-Authenticate");
        if (answer.RequestMessage!.Method == HttpMethod.Head)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return;
        }

        Assert.Equal("access.unauthenticated", (await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized)).Code);
    }

    private async Task EachBodyAsync(HttpStatusCode status, string code, Func<DocumentedOperation, HttpRequestMessage> make)
    {
        Assert.NotEmpty(Bodies);
        foreach (var operation in Bodies)
        {
            using var request = make(operation);
            request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 1024 * 1024; // the refusal comes before the body is sent
            using var answer = await running.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(code, (await Problem.ReadAsync(answer, status)).Code);
        }
    }

    private JsonElement SchemaOf(DocumentedOperation operation)
    {
        var schema = operation.Json.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return schema.TryGetProperty("$ref", out var reference)
            ? running.Document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;
    }
}
