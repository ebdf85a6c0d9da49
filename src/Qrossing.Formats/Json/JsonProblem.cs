namespace Qrossing.Formats.Json;

/// <summary>Why a JSON text is refused, and where.</summary>
/// <param name="Pointer">RFC 6901 pointer to the value (for a repeated name: to that member); empty for the whole text.</param>
/// <param name="ByteOffset">Offset in bytes from the start of the text, 0-based.</param>
/// <param name="Message">One sentence for the caller; holds no content of the text.</param>
/// <param name="Kind">The rule that is broken.</param>
public sealed record JsonProblem(string Pointer, long ByteOffset, string Message, JsonProblemKind Kind);

/// <summary>The rules of <see cref="StrictJson"/>.</summary>
public enum JsonProblemKind
{
    /// <summary>Not the grammar of RFC 8259, section 2.</summary>
    Syntax,

    /// <summary>Bytes that are not UTF-8 (RFC 3629), raw surrogates included.</summary>
    InvalidUtf8,

    /// <summary>A member name appears twice in one object (RFC 8259, section 4).</summary>
    RepeatedName,

    /// <summary>More nested arrays and objects than allowed (RFC 8259, section 9).</summary>
    TooDeep,

    /// <summary>An escape names one half of a surrogate pair (RFC 8259, section 8.2).</summary>
    LoneSurrogate,
}
