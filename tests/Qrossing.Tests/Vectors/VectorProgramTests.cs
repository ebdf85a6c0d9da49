using System.Text.Json.Nodes;
using Qrossing.Vectors;

namespace Qrossing.Tests.Vectors;

[Trait("Kind", "unit")]
public sealed class VectorProgramTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":7,"op":"json.parse","in":{}}""")]
    [InlineData("""{"id":"a","op":"json.parse"}""")]
    [InlineData("""{"id":"a","op":"json.parse","in":null}""")]
    [InlineData("""{"id":"a","op":"json.parse","in":{}}""")]
    [InlineData("""{"id":"a","op":"json.parse","in":{"base64":1}}""")]
    [InlineData("""{"id":"a","op":"json.parse","in":{"base64":"*"}}""")]
    [InlineData("""{"id":"a","op":"jcs.canonicalize","in":{"json":"\ud800"}}""")]
    [InlineData("""{"id":"a","op":"jcs.canonicalize","in":{"json":"[1e400]"}}""")]
    [InlineData("""{"id":"a","op":"sf.parse","in":{"type":"item","raw":"1"}}""")]
    [InlineData("""{"id":"a","op":"sf.parse","in":{"type":"item","raw":[1]}}""")]
    [InlineData("""{"id":"a","op":"sf.parse","in":{"type":"other","raw":["1"]}}""")]
    [InlineData("""{"id":"a","op":"multibase.decode","in":{"text":""}}""")]
    [InlineData("""{"id":"a","op":"multihash.encode","in":{"alg":"none","utf8":""}}""")]
    [InlineData("""{"id":"a","op":"car.verify","in":{"base64":""}}""")]
    [InlineData("""{"id":"a","op":"rlp.encodeHexTree","in":{"value":[7]}}""")]
    [InlineData("""{"id":"a","op":"rlp.encodeHexTree","in":{"value":{"a":"0x00"}}}""")]
    [InlineData("""{"id":"a","op":"eth.txSign","in":{"type":0,"privateKey":"0x01","tx":{"nonce":"0x010000000000000000","gasLimit":1,"to":null}}}""")]
    [InlineData("""{"id":"a","op":"eth.txSign","in":{"type":0,"privateKey":"0x01","tx":{"nonce":-1,"gasLimit":1,"to":null}}}""")]
    [InlineData("""{"id":"a","op":"eth.txSign","in":{"type":2,"privateKey":"0x01","tx":{"nonce":1,"gasLimit":"0xffffffffffffffffff","to":null}}}""")]
    [InlineData("""{"id":"a","op":"eth.txSign","in":{"type":1,"privateKey":"0x01","tx":{"nonce":1,"gasLimit":1,"to":null,"accessList":"none"}}}""")]
    public void Line_of_wrong_shape_is_refused(string line)
    {
        var answer = JsonNode.Parse(VectorProgram.Answer(line))!;

        Assert.False(answer["ok"]!.GetValue<bool>());
        Assert.NotNull(answer["error"]);
    }

    [Fact]
    public void Operation_that_is_unknown_is_unsupported() =>
        Assert.Equal("""{"id":"a","unsupported":true}""", VectorProgram.Answer("""{"id":"a","op":"none.such","in":{}}"""));

    [Fact]
    public async Task Program_answers_every_line_and_skips_empty_ones()
    {
        using var input = new StringReader("""
            {"id":"1","op":"multibase.decode","in":{"text":"f00"}}

            {"id":"2","op":"multibase.decode","in":{"text":"f0"}}
            """);
        using var output = new StringWriter { NewLine = "\n" };

        var exitCode = await VectorProgram.RunAsync(input, output);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            {"id":"1","ok":true,"out":{"hex":"00"}}
            {"id":"2","ok":false,"error":"not a multibase text"}

            """,
            output.ToString());
    }
}
