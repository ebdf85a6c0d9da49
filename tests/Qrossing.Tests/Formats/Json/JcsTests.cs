using System.Globalization;
using System.Text;
using System.Text.Json;
using Qrossing.Formats.Json;

namespace Qrossing.Tests.Formats.Json;

[Trait("Kind", "unit")]
public sealed class JcsTests
{
    /// <summary>RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Number_is_written_as_ECMAScript_does(string binary64, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(binary64, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

        Assert.Equal(expected, Canonical(value.ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Names_are_ordered_by_UTF16_code_units() =>
        Assert.Equal(
            "{\"\":0,\"1\":1,\"a\":2,\"é\":3,\"😂\":4,\"\ufb33\":5}",
            Canonical("""{"\ufb33":5, "😂":4, "é":3, "a":2, "1":1, "":0}"""));

    [Fact]
    public void Strings_escape_what_they_must_and_nothing_else() =>
        Assert.Equal(
            "[\"\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u007f\u2028€\"]",
            Canonical("""["\b\t\n\f\r\u001f\"\\\/\u007f\u2028\u20ac"]"""));

    [Theory]
    [InlineData("""{"a":[0,1e400]}""", "/a/1")]
    [InlineData("""{"a/b":{"~":"\ud800"}}""", "/a~1b/~0")]
    [InlineData("""{"x":{"a":1,"\u0061":2}}""", "/x/a")]
    [InlineData("""{"x":{"\udfaa":1}}""", "/x")]
    public void Value_that_is_not_IJson_has_no_canonical_form(string json, string pointer)
    {
        using var document = JsonDocument.Parse(json);

        Assert.False(Jcs.TryCanonicalize(document.RootElement, out var canonical, out var refused));
        Assert.Null(canonical);
        Assert.Equal(pointer, refused);
        Assert.Throws<FormatException>(() => Jcs.Canonicalize(document.RootElement));
    }

    [Fact]
    public void Text_that_strict_reading_refuses_has_no_canonical_form() =>
        Assert.Throws<FormatException>(() => Jcs.Canonicalize("""{"a":1,"a":2}"""u8.ToArray()));

    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("0e999999999999999999999")]
    [InlineData("0.1")]
    [InlineData("12.50")]
    [InlineData("1.25e-7")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740994.0")]
    [InlineData("18446744073709551616")]
    [InlineData("5e-324")]
    [InlineData("10e2")]
    public void Number_that_binary64_keeps_is_exact(string number) => Assert.True(IsExact(number));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("9007199254740992.5")]
    [InlineData("18446744073709552000")]
    [InlineData("1e23")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("0.12345678901234567890")]
    [InlineData("1e-400")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("1e400")]
    public void Number_that_binary64_changes_is_refused(string number) => Assert.False(IsExact(number));

    private static bool IsExact(string number)
    {
        using var document = JsonDocument.Parse($$"""{"n":[{{number}}]}""");
        var exact = Jcs.TryCanonicalizeExact(document.RootElement, out _, out var pointer);
        Assert.Equal(exact ? null : "/n/0", pointer);
        return exact;
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(Jcs.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
