using System.Buffers;
using System.Text;

namespace Qrossing.Formats.StructuredFields;

/// <summary>The character sets of RFC 9651, section 3.</summary>
internal static class FieldCharacters
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Lower;
    private const string Digits = "0123456789";

    // tchar of RFC 9110, section 5.6.2, and ":" and "/".
    public static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~:/" + Digits + Letters);

    public static readonly SearchValues<char> Key = SearchValues.Create("_-.*" + Digits + Lower);

    /// <summary>UTF-8 that throws on what is not Unicode text, for display strings.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool StartsKey(char character) => char.IsAsciiLetterLower(character) || character == '*';

    public static bool StartsToken(char character) => char.IsAsciiLetter(character) || character == '*';

    /// <summary>VCHAR or SP.</summary>
    public static bool IsPrintable(char character) => character is >= ' ' and <= '~';
}
