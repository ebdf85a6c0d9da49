using System.Text.Json;
using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Connectors.Http.OpenApi.Schemas;

namespace Qrossing.Tests.Connectors.Http.OpenApi;

[Trait("Kind", "unit")]
public sealed class SchemaCheckerTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", true)]
    [InlineData("""{"type":"string"}""", "1", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":"string","nullable":true}""", "null", true)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":"integer"}""", "1e400", false)]
    [InlineData("""{"type":"number"}""", "1", true)]
    [InlineData("""{"enum":["a",1]}""", "1.0", true)]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", false)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""", true)]
    [InlineData("""{"minimum":1,"maximum":3}""", "3", true)]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "1", false)]
    [InlineData("""{"exclusiveMaximum":3}""", "3", false)]
    [InlineData("""{"exclusiveMaximum":3,"maximum":2}""", "2.5", false)]
    [InlineData("""{"maximum":9007199254740993}""", "9007199254740994", false)]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀😀\"", true)]
    [InlineData("""{"maxLength":1}""", "\"ab\"", false)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"ab\"", true)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"ab\\n\"", false)]
    [InlineData("""{"pattern":"^\\d$"}""", "\"٣\"", false)]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", true)]
    [InlineData("""{"items":{"type":"integer"},"minItems":1,"maxItems":2}""", "[1,2]", true)]
    [InlineData("""{"minItems":1}""", "[]", false)]
    [InlineData("""{"maxItems":1}""", "[1,2]", false)]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"additionalProperties":false}""", """{"b":1}""", false)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"b":"x"}""", false)]
    [InlineData("""{"required":["id"],"properties":{"id":{"readOnly":true}}}""", "{}", true)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "1", true)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"number"}]}""", "1", true)]
    [InlineData("""{"anyOf":[{"type":"integer"}]}""", "\"a\"", false)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", false)]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("""{"$ref":"#/defs/tree"}""", """{"children":[{"children":[]}]}""", true)]
    [InlineData("""{"$ref":"#/defs/tree"}""", """{"children":[{"children":[1]}]}""", false)]
    [InlineData("""{"$ref":"#/defs/short","minLength":2}""", "\"a\"", false)]
    public void Value_is_judged_as_the_schema_says(string schema, string value, bool fits)
    {
        var problems = new List<DocumentProblem>();
        var read = Read(schema, problems);
        Assert.Empty(problems);
        Assert.Equal(fits, SchemaChecker.Check(read, JsonElement.Parse(value), "").Count == 0);
    }

    [Fact]
    public void Every_place_that_does_not_fit_is_named_at_once()
    {
        var schema = Read("""{"type":"object","required":["a","b/c"],"properties":{"a":{"type":"string"},"list":{"items":{"type":"integer"}}},"additionalProperties":false}""", []);
        var violations = SchemaChecker.Check(schema, JsonElement.Parse("""{"a":1,"list":[1,"x",true],"more":0}"""), "/body");
        Assert.Equal(["/body/a", "/body/b~1c", "/body/list/1", "/body/list/2", "/body/more"], violations.Select(violation => violation.Pointer).Order());
        Assert.DoesNotContain(violations, violation => violation.Message.Contains('x'));
    }

    [Fact]
    public void Alternatives_that_multiply_are_given_up_and_not_passed()
    {
        var schema = Read("""{"$ref":"#/defs/wide"}""", []);
        var deep = JsonElement.Parse(string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)));
        Assert.Equal("is too deeply nested to be checked", Assert.Single(SchemaChecker.Check(schema, deep, "/body")).Message);
    }

    [Theory]
    [InlineData("""{"not":{}}""", "keyword 'not' is not supported")]
    [InlineData("""{"properties":{"a":{"if":{}}}}""", "keyword 'if' is not supported")]
    [InlineData("""{"type":"text"}""", "is no type of JSON Schema")]
    [InlineData("""{"pattern":"(?=a)"}""", "cannot be checked in linear time or is no pattern")]
    [InlineData("""{"pattern":"(a"}""", "cannot be checked in linear time or is no pattern")]
    [InlineData("""{"$ref":"#/defs/nowhere"}""", "refers to /defs/nowhere, which is not there")]
    [InlineData("""{"$ref":"https://example.org/schema"}""", "refers to something outside the document")]
    [InlineData("""{"$ref":"#/defs/circleA"}""", "refers to itself in a circle")]
    [InlineData("""{"$ref":"#/defs/selfish"}""", "the schema refers to itself without a step into the value")]
    [InlineData("""{"minLength":-1}""", "is no count")]
    [InlineData("""{"oneOf":[]}""", "is no list of schemas")]
    public void Schema_that_cannot_be_honoured_is_named(string schema, string message)
    {
        var problems = new List<DocumentProblem>();
        Read(schema, problems);
        Assert.Contains(message, problems.Select(problem => problem.Message));
    }

    [Fact]
    public void Schema_is_written_as_one_that_stands_alone()
    {
        var written = SchemaWriter.Write(Read("""{"type":"object","properties":{"tree":{"$ref":"#/defs/tree"},"n":{"type":"number","nullable":true,"minimum":0,"exclusiveMinimum":true}},"additionalProperties":false}""", []));
        Assert.Equal(
            """{"type":"object","properties":{"tree":{"$ref":"#/$defs/tree"},"n":{"type":["null","number"],"exclusiveMinimum":0}},"additionalProperties":false,"$defs":{"tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}""",
            written.ToJsonString());
    }

    private static Schema Read(string schema, List<DocumentProblem> problems)
    {
        var document = JsonElement.Parse($$"""
            {
              "schema": {{schema}},
              "defs": {
                "tree": { "type": "object", "properties": { "children": { "type": "array", "items": { "$ref": "#/defs/tree" } } } },
                "wide": { "anyOf": [ { "items": { "$ref": "#/defs/wide" }, "minItems": 1 }, { "items": { "$ref": "#/defs/wide" }, "minItems": 1 }, { "items": { "$ref": "#/defs/wide" }, "minItems": 1 } ] },
                "short": { "type": "string", "maxLength": 5 },
                "circleA": { "$ref": "#/defs/circleB" },
                "circleB": { "$ref": "#/defs/circleA" },
                "selfish": { "allOf": [ { "$ref": "#/defs/selfish" } ] }
              }
            }
            """);
        var reader = new SchemaReader(new DocumentReferences(document, problems), siblingsOfRef: true, problems);
        var read = reader.Read(document.GetProperty("schema"), "/schema");
        reader.Finish();
        return read;
    }
}
