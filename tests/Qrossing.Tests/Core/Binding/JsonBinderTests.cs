using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Qrossing.Core.Binding;

namespace Qrossing.Tests.Core.Binding;

[Trait("Kind", "unit")]
public sealed class JsonBinderTests
{
    private const string Whole = """{"name":"n","count":3,"big":9007199254740993,"on":true,"at":"2026-01-31T12:00:00Z","tags":["a","b"],"inner":{"value":"v"},"inners":[{"value":"w"}],"any":{"x":[1]}}""";

    [Fact]
    public void Whole_object_is_bound()
    {
        var value = Bind(Whole, out var errors);

        Assert.Empty(errors);
        Assert.Equal("n", value!.Name);
        Assert.Equal(3, value.Count);
        Assert.Equal(9007199254740993, value.Big);
        Assert.True(value.On);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), value.At);
        Assert.Equal(["a", "b"], value.Tags!);
        Assert.Equal("v", value.Inner!.Value);
        Assert.Equal("w", value.Inners![0].Value);
        Assert.Equal(1, value.Any!.Value.GetProperty("x")[0].GetInt32());
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once()
    {
        Bind("""{"count":"3","big":1.5,"on":1,"at":"yesterday","tags":["a",1],"inner":{},"inners":[{"value":"w"},{"value":null}],"n~a/me":1}""", out var errors);

        Assert.Equal(
            ["/at type", "/big type", "/count type", "/inner/value required", "/inners/1/value type", "/name required", "/n~0a~1me unknown", "/on type", "/tags/1 type"],
            errors.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":""}""", "/name length")]
    [InlineData("""{"name":"12345678901"}""", "/name length")]
    [InlineData("""{"name":"n","count":11}""", "/count range")]
    [InlineData("""{"name":"n","count":2147483648}""", "/count type")]
    [InlineData("""{"name":null}""", "/name type")]
    [InlineData("""{"name":"a\u0000b"}""", "/name format")]
    [InlineData("""{"name":"n","tags":["t","\u0000"]}""", "/tags/1 format")]
    [InlineData("[]", " type")]
    [InlineData("null", " type")]
    [InlineData("\"x\"", " type")]
    public void Wrong_value_is_named(string json, string expected)
    {
        Bind(json, out var errors);

        Assert.Equal([expected], errors);
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", true)]
    [InlineData("2026-01-31T12:00:00.123456+02:00", true)]
    [InlineData("2026-01-31T12:00:00", false)]
    [InlineData("2026-01-31", false)]
    [InlineData("2026-02-31T12:00:00Z", false)]
    [InlineData("2026-01-31 12:00:00Z", false)]
    public void Time_is_RFC_3339_with_an_offset(string text, bool isTime)
    {
        Bind($$"""{"name":"n","at":"{{text}}"}""", out var errors);

        Assert.Equal(isTime, errors.Count == 0);
    }

    [Fact]
    public void Optional_member_may_be_null_and_stays_unset()
    {
        var value = Bind("""{"name":"n","count":null,"tags":null,"inner":null}""", out var errors);

        Assert.Empty(errors);
        Assert.Null(value!.Count);
        Assert.Null(value.Tags);
        Assert.Null(value.Inner);
    }

    [Theory]
    [InlineData("""{"name":"a\u0000b"}""", "/name")]
    [InlineData("""{"name":"a\u009fb"}""", "/name")]
    [InlineData("""{"name":"n","tags":["x","a\nb"]}""", "/tags/1")]
    public void Control_character_is_pointed_at(string json, string pointer)
    {
        Bind(json, out var errors);
        Assert.Equal([$"{pointer} format"], errors);
    }

    [Property]
    public bool Value_that_is_written_is_read_back(NonNull<string> name, int? count, long big, bool on, NonNull<string>[] tags)
    {
        var wanted = new { name = name.Get, count, big, on, tags = tags.Select(tag => tag.Get.Replace("\0", "")) };
        var json = JsonSerializer.SerializeToElement(wanted);
        JsonBinder.TryBind<Sample>(json, out var value, out var errors);
        if (wanted.tags.Prepend(wanted.name).Any(text => text.Any(char.IsControl)))
        {
            return errors.Any(error => error.Code == "format");
        }

        return value!.Count == (count is > 10 or < 0 ? value.Count : count) && value.Big == big && value.On == on
            && value.Tags!.SequenceEqual(json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
    }

    [Property(MaxTest = 500)]
    public bool Any_JSON_is_bound_or_refused_with_pointers_into_it(byte[] picks)
    {
        string[] pieces = ["{}", "[]", "1", "\"x\"", "null", "true", """{"name":"n"}""", """{"value":1}""", """[{"value":"v"},3]"""];
        string[] names = ["name", "count", "big", "on", "at", "tags", "inner", "inners", "any", "other"];
        var members = picks.Select((pick, index) => (Name: names[(pick + index) % names.Length], Value: pieces[pick % pieces.Length])).DistinctBy(member => member.Name);
        using var document = JsonDocument.Parse("{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value}")) + "}");

        var bound = JsonBinder.TryBind<Sample>(document.RootElement, out var value, out var errors);

        return bound == (errors.Count == 0) && (!bound || value is not null) && errors.All(error => error.Pointer.StartsWith('/') && error.Message.Length > 0);
    }

    private static Sample? Bind(string json, out List<string> errors)
    {
        using var document = JsonDocument.Parse(json);
        JsonBinder.TryBind<Sample>(document.RootElement, out var value, out var found);
        errors = [.. found.Select(error => $"{error.Pointer} {error.Code}")];
        return value;
    }

    private sealed record Sample
    {
        [StringLength(10, MinimumLength = 1)]
        public required string Name { get; init; }

        [Range(0, 10)]
        public int? Count { get; init; }

        public long Big { get; init; }

        public bool On { get; init; }

        public DateTimeOffset? At { get; init; }

        public IReadOnlyList<string>? Tags { get; init; }

        public Inner? Inner { get; init; }

        public IReadOnlyList<Inner>? Inners { get; init; }

        public JsonElement? Any { get; init; }
    }

    private sealed record Inner
    {
        public required string Value { get; init; }
    }
}
