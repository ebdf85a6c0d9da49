using System.Collections.Frozen;

namespace Qrossing.Data.Sql;

/// <summary>Enum values as stored: their names in lower case (all of ours are one word).</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());
    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => Texts[value];

    public static string? OfOrNull(T? value) => value is { } some ? Texts[some] : null;

    public static T Read(string text) => Values[text];

    public static T? ReadOrNull(string? text) => text is null ? null : Values[text];
}
