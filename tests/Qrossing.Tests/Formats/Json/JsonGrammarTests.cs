using System.Text;
using Qrossing.Formats.Json;

namespace Qrossing.Tests.Formats.Json;

[Trait("Kind", "unit")]
public sealed class JsonGrammarTests
{
    [Theory]
    [InlineData("null")]
    [InlineData(" [ 1 , -0 , 1.5e+3 , 1E400 ] \r\n\t")]
    [InlineData("\"\"")]
    [InlineData("\"\u007f\u2028\\u0000\\/\"")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udfaa":0}""")]
    [InlineData("[123123e100000]")]
    public void Text_of_the_grammar_is_valid(string json) => Assert.True(JsonGrammar.IsValid(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\ufeff{}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{,}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("[01]")]
    [InlineData("[-]")]
    [InlineData("[+1]")]
    [InlineData("[1.]")]
    [InlineData("[.5]")]
    [InlineData("[1e]")]
    [InlineData("[0x1]")]
    [InlineData("[NaN]")]
    [InlineData("[Infinity]")]
    [InlineData("[True]")]
    [InlineData("nul")]
    [InlineData("1 2")]
    [InlineData("[1]]")]
    [InlineData("[\"\t\"]")]
    [InlineData("[\"\\x41\"]")]
    [InlineData("[\"\\u00g0\"]")]
    [InlineData("[\"\\ud80\"]")]
    [InlineData("[\"\\\"]")]
    [InlineData("[1/*c*/]")]
    [InlineData("[1]\u000c")]
    [InlineData("[1]\u0000")]
    [InlineData("\u00a0[1]")]
    public void Text_outside_the_grammar_is_invalid(string json) => Assert.False(JsonGrammar.IsValid(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("5B22FF225D")] // stray byte
    [InlineData("5B22C0AF225D")] // overlong
    [InlineData("5B22EDA080225D")] // raw surrogate
    [InlineData("5B22E282225D")] // cut sequence
    [InlineData("FFFE5B005D00")] // UTF-16
    public void Text_that_is_not_UTF8_is_invalid(string hex) => Assert.False(JsonGrammar.IsValid(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(200_000, 200_000, true)]
    [InlineData(200_000, 0, false)]
    public void Text_nested_deeply_is_judged_without_overflow(int opened, int closed, bool valid) =>
        Assert.Equal(valid, JsonGrammar.IsValid(Encoding.UTF8.GetBytes(new string('[', opened) + new string(']', closed))));
}
