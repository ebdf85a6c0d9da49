using System.Text.Json;
using Qrossing.Abstractions.Http;
using Qrossing.Connectors.Http.OpenApi;

namespace Qrossing.Tests.Connectors.Http.OpenApi;

[Trait("Kind", "unit")]
public sealed class OpenApiWireTests
{
    private static readonly OpenApiOptions Options = new()
    {
        BaseUrl = new Uri("http://127.0.0.1:9/api/"),
        Document = JsonElement.Parse("""
            {
              "openapi": "3.0.3",
              "info": { "title": "Things", "version": "1" },
              "paths": {
                "/things/{id}{suffix}/parts": {
                  "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                    { "name": "suffix", "in": "path", "required": true, "schema": {} }
                  ],
                  "get": {
                    "operationId": "list",
                    "parameters": [
                      { "name": "tag", "in": "query", "schema": {} },
                      { "name": "flat", "in": "query", "explode": false, "schema": {} },
                      { "name": "X-Trace", "in": "header", "schema": {} },
                      { "name": "Accept", "in": "header", "schema": {} }
                    ]
                  }
                }
              }
            }
            """),
    };

    private static readonly OperationPlan Plan = OperationCatalog.Read(Options, out _).Plans["list"];

    [Theory]
    [InlineData("""{"id":"a b/c?d","suffix":"-é"}""", "http://127.0.0.1:9/api/things/a%20b%2Fc%3Fd-%C3%A9/parts")]
    [InlineData("""{"id":"a","suffix":1,"tag":["x","y&z"]}""", "http://127.0.0.1:9/api/things/a1/parts?tag=x&tag=y%26z")]
    [InlineData("""{"id":"a","suffix":[1,2],"tag":{"k":"v","n":true}}""", "http://127.0.0.1:9/api/things/a1,2/parts?k=v&n=true")]
    [InlineData("""{"id":"a","suffix":{"k":"v"},"flat":["x","y"]}""", "http://127.0.0.1:9/api/things/ak,v/parts?flat=x,y")]
    [InlineData("""{"id":"a","suffix":"b","flat":{"k":1.50},"tag":null}""", "http://127.0.0.1:9/api/things/ab/parts?flat=k,1.50")]
    [InlineData("""{"id":"a","suffix":"b","tag":[]}""", "http://127.0.0.1:9/api/things/ab/parts")]
    public void Parameters_are_written_in_their_default_styles(string parameters, string target)
    {
        var given = JsonElement.Parse(parameters);
        Assert.Empty(OpenApiWire.CheckParameters(Plan.Operation, given));
        using var request = OpenApiWire.Request(Options.BaseUrl, Plan, given, default, []);
        Assert.Equal(target, request.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"id":"..","suffix":"x"}""", "/parameters/id")]
    [InlineData("""{"id":"a/../b","suffix":"x"}""", "/parameters/id")]
    [InlineData("""{"id":"%2e%2e","suffix":"x"}""", "/parameters/id")]
    [InlineData("""{"id":"x\\..\\y","suffix":"x"}""", "/parameters/id")]
    [InlineData("""{"id":"","suffix":"x"}""", "/parameters/id")]
    [InlineData("""{"id":"a","suffix":{"x":[1]}}""", "/parameters/suffix")]
    [InlineData("""{"id":"a","suffix":"b","X-Trace":"x\r\nHost: evil"}""", "/parameters/X-Trace")]
    [InlineData("""{"id":"a","suffix":"b","X-Trace":"naïve"}""", "/parameters/X-Trace")]
    public void Value_that_would_break_out_of_its_place_is_refused(string parameters, string pointer) =>
        Assert.Contains(pointer, OpenApiWire.CheckParameters(Plan.Operation, JsonElement.Parse(parameters)).Select(violation => violation.Pointer));

    [Fact]
    public void Two_values_that_climb_together_are_refused()
    {
        var violations = OpenApiWire.CheckParameters(Plan.Operation, JsonElement.Parse("""{"id":".x","suffix":"y"}"""));
        Assert.Empty(violations);
        violations = OpenApiWire.CheckParameters(Plan.Operation, JsonElement.Parse("""{"id":"%2","suffix":"e"}"""));
        Assert.Contains(new OperationViolation("/parameters", "must not change the path"), violations);
    }
}
