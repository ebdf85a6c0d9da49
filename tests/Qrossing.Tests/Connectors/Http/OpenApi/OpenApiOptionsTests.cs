using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Qrossing.Connectors.Http.OpenApi;

namespace Qrossing.Tests.Connectors.Http.OpenApi;

[Trait("Kind", "unit")]
public sealed class OpenApiOptionsTests
{
    private const string Document = """
        {
          "openapi": "3.1.0",
          "info": { "title": "Things", "version": "1" },
          "paths": {
            "/things": {
              "post": { "operationId": "add", "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } } } },
              "get": { "operationId": "find", "parameters": [ { "name": "ref", "in": "query", "required": true, "schema": { "type": "string" } } ] }
            },
            "/nameless": { "get": {} }
          }
        }
        """;

    [Fact]
    public void Complete_options_are_accepted() => Assert.Empty(Problems(Document, """
        "credentials": { "basic": { "user": "u", "password": { "text": "env:P" } } },
        "operations": { "add": { "idempotency": "natural", "absenceHorizon": "00:00:01", "pending": [202], "lookup": { "operationId": "find", "parameters": { "ref": "/body/ref" }, "found": "/reply/0" } } }
        """));

    [Theory]
    [InlineData(""" "operations": { "nope": {} } """, "operations.nope is no operation")]
    [InlineData(""" "operations": { "add": { "lookup": { "operationId": "add" } } } """, "operations.add.lookup.operationId must name a GET")]
    [InlineData(""" "operations": { "add": { "lookup": { "operationId": "find" } } } """, "has no 'ref'")]
    [InlineData(""" "operations": { "add": { "lookup": { "operationId": "find", "parameters": { "ref": "/reply/x" } } } } """, "operations.add.lookup.parameters.ref must be a pointer")]
    [InlineData(""" "operations": { "add": { "lookup": { "operationId": "find", "parameters": { "ref": "1", "more": "1" } } } } """, "operations.add.lookup.parameters.more is no parameter")]
    [InlineData(""" "operations": { "add": { "lookup": { "operationId": "find", "parameters": { "ref": "1" }, "found": "x =" } } } """, "operations.add.lookup.found must be")]
    [InlineData(""" "operations": { "add": { "windowHours": 0 } } """, "WindowHours")]
    [InlineData(""" "operations": { "add": { "keyHeader": "a b" } } """, "keyHeader is a header name")]
    [InlineData(""" "probe": "find" """, "probe must name a GET operation of the document without required parameters")]
    [InlineData(""" "credentials": { "bearer": { "token": { "text": "env:T" } }, "basic": { "user": "u", "password": { "text": "env:P" } } } """, "at most one of")]
    public void Option_that_does_not_fit_the_document_is_named(string options, string message) =>
        Assert.Contains(Problems(Document, options), problem => problem.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{ "openapi": "2.0" }""", "/openapi must be 3.0.x or 3.1.x")]
    [InlineData("""{ "swagger": "2.0" }""", "/openapi must be 3.0.x or 3.1.x")]
    [InlineData("""[]""", "/openapi must be 3.0.x or 3.1.x")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "get": { "operationId": "x" }, "put": { "operationId": "x" } } } }""", "/paths/~1a/put has the operationId 'x' of another operation")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a/{id}": { "get": { "operationId": "x" } } } }""", "has other path parameters than its path")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "get": { "operationId": "x", "parameters": [ { "name": "s", "in": "cookie", "schema": {} } ] } } } }""", "is a cookie parameter, which is not supported")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "get": { "operationId": "x", "parameters": [ { "name": "s", "in": "query", "style": "deepObject", "schema": {} } ] } } } }""", "has the style 'deepObject'")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "get": { "operationId": "x", "parameters": [ { "name": "s", "in": "query", "schema": {} }, { "name": "s", "in": "header", "schema": {} } ] } } } }""", "has two parameters named 's'")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "post": { "operationId": "x", "requestBody": { "content": { "text/csv": {} } } } } } }""", "/paths/~1a/post/requestBody has no JSON content")]
    [InlineData("""{ "openapi": "3.0.0", "paths": { "/a": { "post": { "operationId": "x", "requestBody": { "content": { "application/json": { "schema": { "propertyNames": {} } } } } } } } }""", "keyword 'propertyNames' is not supported")]
    public void Document_that_cannot_be_honoured_is_named_with_its_place(string document, string message) =>
        Assert.Contains(Problems(document, """ "credentials": {} """), problem => problem.Contains(message, StringComparison.Ordinal));

    private static List<string> Problems(string document, string members)
    {
        var options = JsonSerializer.Deserialize<OpenApiOptions>($$"""{ "baseUrl": "https://api.example", "document": {{document}}, {{members}} }""", JsonSerializerOptions.Web)!;
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return [.. problems.Select(problem => problem.ErrorMessage!)];
    }
}
