using Qrossing.Formats.StructuredFields;

namespace Qrossing.Tests.Formats.StructuredFields;

[Trait("Kind", "unit")]
public sealed class StructuredFieldTests
{
    [Theory]
    [InlineData("  1;a; b=?0  ", "1;a;b=?0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("007.50", "7.5")]
    [InlineData("-999999999999999", "-999999999999999")]
    [InlineData("123456789012.125", "123456789012.125")]
    [InlineData("\"a\\\"\\\\\"", "\"a\\\"\\\\\"")]
    [InlineData("*a:/b", "*a:/b")]
    [InlineData(":aGVsbG8=:", ":aGVsbG8=:")]
    [InlineData(":aGVsbG8:", ":aGVsbG8=:")]
    [InlineData(":iZ==:", ":iQ==:")]
    [InlineData("::", "::")]
    [InlineData("@-62135596800", "@-62135596800")]
    [InlineData("%\"f%c3%bc%22%25\\\"", "%\"f%c3%bc%22%25\\\"")]
    [InlineData("%\"%61\"", "%\"a\"")]
    [InlineData("a;x=1;y=2;x=3", "a;x=3;y=2")]
    public void Item_is_parsed_and_written_canonically(string value, string canonical)
    {
        Assert.True(StructuredField.TryParseItem(value, out var item));
        Assert.Equal(canonical, StructuredField.Serialize(item));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\t1")]
    [InlineData("1 2")]
    [InlineData("1,2")]
    [InlineData("(1)")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.1234")]
    [InlineData("1234567890123.1")]
    [InlineData("1000000000000000")]
    [InlineData("1e3")]
    [InlineData("\"a")]
    [InlineData("\"\\a\"")]
    [InlineData("\"\\")]
    [InlineData("\"ü\"")]
    [InlineData("\"\u007f\"")]
    [InlineData("'a'")]
    [InlineData("ü")]
    [InlineData("a@b")]
    [InlineData(":aGVsbG8=")]
    [InlineData(":a:")]
    [InlineData(":aG=V:")]
    [InlineData(":aGVsbG8==:")]
    [InlineData(":aGVs bG8=:")]
    [InlineData(":_-Ah:")]
    [InlineData("?")]
    [InlineData("?2")]
    [InlineData("@")]
    [InlineData("@1.5")]
    [InlineData("%\"%C3%BC\"")]
    [InlineData("%\"%c3\"")]
    [InlineData("%\"%ff\"")]
    [InlineData("%\"%ed%a0%80\"")]
    [InlineData("%\"%\"")]
    [InlineData("%\"a")]
    [InlineData("%a")]
    [InlineData("a;")]
    [InlineData("a;A")]
    [InlineData("a ;b")]
    [InlineData("a;\tb")]
    [InlineData("a;b= 1")]
    public void Value_that_is_no_item_is_refused(string value) => Assert.False(StructuredField.TryParseItem(value, out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("1\t,\t42", "1, 42")]
    [InlineData("( a  b;x );y=1,()", "(a b;x);y=1, ()")]
    public void List_is_parsed_and_written_canonically(string value, string canonical)
    {
        Assert.True(StructuredField.TryParseList(value, out var list));
        Assert.Equal(canonical, StructuredField.Serialize(list));
    }

    [Theory]
    [InlineData("1,")]
    [InlineData("1,,2")]
    [InlineData(",1")]
    [InlineData("1 2")]
    [InlineData("(1")]
    [InlineData("(1\t2)")]
    [InlineData("(1,2)")]
    [InlineData("((1))")]
    [InlineData("(\"a\"\"b\")")]
    public void Value_that_is_no_list_is_refused(string value) => Assert.False(StructuredField.TryParseList(value, out _));

    [Theory]
    [InlineData("a=1,b;x, a=(2 3);y", "a=(2 3);y, b;x")]
    [InlineData("a=?1;q, b=?0", "a;q, b=?0")]
    [InlineData("*a-_.9=:AQ==:", "*a-_.9=:AQ==:")]
    public void Dictionary_is_parsed_and_written_canonically(string value, string canonical)
    {
        Assert.True(StructuredField.TryParseDictionary(value, out var dictionary));
        Assert.Equal(canonical, StructuredField.Serialize(dictionary));
    }

    [Theory]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=")]
    [InlineData("=1")]
    [InlineData("A=1")]
    [InlineData("1a=1")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    public void Value_that_is_no_dictionary_is_refused(string value) => Assert.False(StructuredField.TryParseDictionary(value, out _));

    [Fact]
    public void Lines_of_one_field_are_one_value()
    {
        Assert.True(StructuredField.TryParseList(StructuredField.Combine(["text/html", "text/plain;q=0.5"]), out var list));
        var plain = Assert.IsType<FieldItem>(list[1]);
        Assert.Equal(new BareItem.Token("text/plain"), plain.Value);
        Assert.Equal(new BareItem.Decimal(0.5m), plain.Parameters["q"]);
    }

    public static TheoryData<BareItem> Unwritable { get; } =
    [
        new BareItem.Integer(1_000_000_000_000_000),
        new BareItem.Date(-1_000_000_000_000_000),
        new BareItem.Decimal(999_999_999_999.9995m),
        new BareItem.Text("ü"),
        new BareItem.Text("\n"),
        new BareItem.Token(""),
        new BareItem.Token("1a"),
        new BareItem.Token("a b"),
        new BareItem.DisplayString("\ud800"),
    ];

    [Theory]
    [MemberData(nameof(Unwritable), DisableDiscoveryEnumeration = true)]
    public void Value_that_no_field_can_carry_is_not_written(BareItem value) =>
        Assert.Throws<ArgumentException>(() => StructuredField.Serialize(new FieldItem(value)));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a b")]
    public void Key_that_no_field_can_carry_is_not_written(string key) =>
        Assert.Throws<ArgumentException>(() => StructuredField.Serialize(new Parameters { { key, new BareItem.Boolean(true) } }));

    [Theory]
    [InlineData("0.0015", "0.002")]
    [InlineData("0.0025", "0.002")]
    [InlineData("-0.0004", "0.0")]
    [InlineData("12", "12.0")]
    public void Decimal_is_rounded_half_to_even(string value, string canonical) =>
        Assert.Equal(
            canonical,
            StructuredField.Serialize(new FieldItem(new BareItem.Decimal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)))));
}
