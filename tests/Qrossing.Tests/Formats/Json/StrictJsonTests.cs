using System.Text;
using Qrossing.Formats.Json;

namespace Qrossing.Tests.Formats.Json;

[Trait("Kind", "unit")]
public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":{"a":[1,{"a":2}]},"b":"\ud83d\ude02"}""")]
    [InlineData("""{"a":1,"A":2,"\u0000":3}""")]
    [InlineData("\"\\\\ud800\"")]
    [InlineData("0")]
    public void Body_that_every_reader_reads_alike_is_parsed(string json)
    {
        Assert.True(StrictJson.TryParse(Encoding.UTF8.GetBytes(json), out var document, out var problem));
        Assert.Null(problem);
        document.Dispose();
    }

    [Theory]
    [InlineData("""{"a":1,"b":2,"a":3}""", "/a", 13)]
    [InlineData("""{"a":1,"\u0061":3}""", "/a", 7)]
    [InlineData("""{"a/b~c":[0,{"x":1,"x":1}]}""", "/a~1b~0c/1/x", 19)]
    [InlineData("""{"\ud83d\ude02":1,"😂":2}""", "/😂", 18)]
    public void Name_that_is_repeated_is_refused(string json, string pointer, long offset) =>
        AssertRefused(json, JsonProblemKind.RepeatedName, pointer, offset);

    [Theory]
    [InlineData("""["\ud800"]""", "/0", 1)]
    [InlineData("""["\udc00\ud800"]""", "/0", 1)]
    [InlineData("""{"a":"\uD83D\u0041"}""", "/a", 5)]
    [InlineData("""{"a":{"\uDFAA":0}}""", "/a", 6)]
    [InlineData("""["\\\uD800"]""", "/0", 1)]
    public void Half_of_a_surrogate_pair_is_refused(string json, string pointer, long offset) =>
        AssertRefused(json, JsonProblemKind.LoneSurrogate, pointer, offset);

    [Theory]
    [InlineData("{\"a\":\n [1,\n 2,]}", "/a/1", 14)]
    [InlineData("{\"a\":1} x", "", 8)]
    [InlineData("", "", 0)]
    [InlineData("[1", "", 2)]
    public void Text_outside_the_grammar_is_refused(string json, string pointer, long offset) =>
        AssertRefused(json, JsonProblemKind.Syntax, pointer, offset);

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        Assert.False(StrictJson.TryParse(Convert.FromHexString("7B2261223A22EDA080227D"), out var document, out var problem));
        Assert.Null(document);
        Assert.Equal((JsonProblemKind.InvalidUtf8, "/a", 5), (problem.Kind, problem.Pointer, problem.ByteOffset));
    }

    [Fact]
    public void Depth_up_to_the_limit_is_parsed_and_more_is_refused()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

        Assert.True(StrictJson.TryParse(Nested(64), out var document, out _));
        document.Dispose();
        Assert.False(StrictJson.TryParse(Nested(65), out _, out var problem));
        Assert.Equal((JsonProblemKind.TooDeep, 64), (problem.Kind, problem.ByteOffset));
        Assert.Equal(string.Concat(Enumerable.Repeat("/0", 64)), problem.Pointer);
        Assert.False(StrictJson.TryParse(Nested(100_000), out _, out problem));
        Assert.Equal(JsonProblemKind.TooDeep, problem.Kind);
        Assert.False(StrictJson.TryParse(Nested(3), out _, out _, maxDepth: 2));
    }

    private static void AssertRefused(string json, JsonProblemKind kind, string pointer, long offset)
    {
        Assert.False(StrictJson.TryParse(Encoding.UTF8.GetBytes(json), out var document, out var problem));
        Assert.Null(document);
        Assert.Equal((kind, pointer, offset), (problem.Kind, problem.Pointer, problem.ByteOffset));
    }
}
