using FsCheck;
using FsCheck.Xunit;
using Qrossing.Formats.StructuredFields;

namespace Qrossing.Tests.Formats.StructuredFields;

[Trait("Kind", "unit")]
public sealed class StructuredFieldPropertyTests
{
    private static readonly string[] Pieces =
        ["a", "b", "=", ",", ";", " ", "\t", "(", ")", "\"x\"", "\"", "\\", ":", "aGVsbG8=", "?1", "?0", "@1", "%\"%c3%bc\"", "%", "-", "12", "1.5", "*", "é"];

    [Property(MaxTest = 5000)]
    public void Value_that_parses_reads_back_from_its_canonical_form(byte[] picks)
    {
        var value = string.Concat(picks.Select(pick => Pieces[pick % Pieces.Length]));

        if (StructuredField.TryParseItem(value, out var item))
        {
            var canonical = StructuredField.Serialize(item);
            Assert.True(StructuredField.TryParseItem(canonical, out var again));
            Assert.Equal(canonical, StructuredField.Serialize(again));
        }

        if (StructuredField.TryParseList(value, out var list))
        {
            var canonical = StructuredField.Serialize(list);
            Assert.True(StructuredField.TryParseList(canonical, out var again));
            Assert.Equal(canonical, StructuredField.Serialize(again));
        }

        if (StructuredField.TryParseDictionary(value, out var dictionary))
        {
            var canonical = StructuredField.Serialize(dictionary);
            Assert.True(StructuredField.TryParseDictionary(canonical, out var again));
            Assert.Equal(canonical, StructuredField.Serialize(again));
        }
    }

    [Property]
    public bool Bytes_read_back(byte[] bytes) =>
        StructuredField.TryParseItem(StructuredField.Serialize(new FieldItem(new BareItem.Binary(bytes))), out var item)
        && item.Value.Equals(new BareItem.Binary(bytes));

    [Property]
    public bool Display_string_reads_back(NonNull<string> text) =>
        text.Get.Any(char.IsSurrogate)
        || (StructuredField.TryParseItem(StructuredField.Serialize(new FieldItem(new BareItem.DisplayString(text.Get))), out var item)
            && item.Value.Equals(new BareItem.DisplayString(text.Get)));
}
