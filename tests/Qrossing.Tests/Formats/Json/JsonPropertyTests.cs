using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Qrossing.Formats.Json;

namespace Qrossing.Tests.Formats.Json;

[Trait("Kind", "unit")]
public sealed class JsonPropertyTests
{
    // Random bytes are hardly ever JSON; random picks from these often nearly are.
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\ud83d\"", "\"\\ud83d\\ude02\"", "\"\u00e9\"", "1", "-0.5e9", "true", "null", " ", "\n", "x"];

    [Property(MaxTest = 2000)]
    public void Bytes_of_any_kind_are_parsed_or_refused(byte[] bytes) => AssertParsersAgree(bytes);

    [Property(MaxTest = 5000)]
    public void Text_that_is_nearly_JSON_is_parsed_or_refused(byte[] picks) =>
        AssertParsersAgree(Encoding.UTF8.GetBytes(string.Concat(picks.Select(pick => Pieces[pick % Pieces.Length]))));

    [Property]
    public bool Canonical_form_of_a_string_reads_back_and_is_its_own_canonical_form(NonNull<string> text, NormalFloat number)
    {
        if (text.Get.Any(char.IsSurrogate))
        {
            return true;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { [text.Get] = text.Get, ["n" + text.Get] = number.Get });
        var canonical = Jcs.Canonicalize(json);
        using var document = JsonDocument.Parse(canonical);
        return Jcs.Canonicalize(canonical).AsSpan().SequenceEqual(canonical)
            && document.RootElement.GetProperty(text.Get).GetString() == text.Get
            && document.RootElement.GetProperty("n" + text.Get).GetDouble().Equals(number.Get + 0.0);
    }

    [Property]
    public bool Integer_is_exact_when_it_survives_binary64(long value)
    {
        using var document = JsonDocument.Parse(value.ToString(CultureInfo.InvariantCulture));
        return Jcs.TryCanonicalizeExact(document.RootElement, out _, out _) == ((Int128)(double)value == value);
    }

    private static void AssertParsersAgree(byte[] bytes)
    {
        var parsed = StrictJson.TryParse(bytes, out var document, out var problem);
        if (parsed)
        {
            Assert.True(JsonGrammar.IsValid(bytes));
            document!.Dispose();
        }
        else
        {
            Assert.InRange(problem!.ByteOffset, 0, bytes.Length);
            Assert.False(problem.Kind is JsonProblemKind.Syntax or JsonProblemKind.InvalidUtf8 && JsonGrammar.IsValid(bytes));
        }
    }
}
