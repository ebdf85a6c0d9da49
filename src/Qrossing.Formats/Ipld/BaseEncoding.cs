using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Ipld;

/// <summary>A base of the multibase table, without its prefix.</summary>
internal abstract class BaseEncoding
{
    public abstract string Encode(ReadOnlySpan<byte> bytes);

    /// <summary>False for any text <see cref="Encode"/> does not write (letter case apart, where the base allows either).</summary>
    public abstract bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes);

    /// <summary>The digit's value, or -1 for a character outside the alphabet.</summary>
    protected static int ValueOf(char digit, ReadOnlySpan<sbyte> values) => digit < values.Length ? values[digit] : -1;

    /// <summary>Digit values by ASCII character, for <see cref="ValueOf"/>.</summary>
    protected static sbyte[] Values(string alphabet, bool anyCase)
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (var value = 0; value < alphabet.Length; value++)
        {
            values[alphabet[value]] = (sbyte)value;
            if (anyCase)
            {
                values[char.ToLowerInvariant(alphabet[value])] = (sbyte)value;
                values[char.ToUpperInvariant(alphabet[value])] = (sbyte)value;
            }
        }

        return values;
    }
}
