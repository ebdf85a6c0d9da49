using System.Diagnostics.CodeAnalysis;
using System.Text;
using Qrossing.Formats.Hashing;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>The signature of a function, an error or an event: <c>transfer(address,uint256)</c>.</summary>
public sealed class AbiSignature
{
    /// <summary>Length of a selector in bytes.</summary>
    public const int SelectorLength = 4;

    private readonly byte[] _hash;

    private AbiSignature(string name, AbiType.Tuple parameters)
    {
        Name = name;
        Parameters = parameters;
        _hash = Keccak256.Hash(Encoding.UTF8.GetBytes(ToString()));
    }

    /// <summary>The name, without parameters.</summary>
    public string Name { get; }

    /// <summary>The types of the parameters.</summary>
    public AbiType.Tuple Parameters { get; }

    /// <summary>The first 4 bytes of a call, or of an error's data.</summary>
    public ReadOnlySpan<byte> Selector => _hash.AsSpan(0, SelectorLength);

    /// <summary>The first topic of an event, 32 bytes.</summary>
    public ReadOnlySpan<byte> Topic => _hash;

    /// <summary>Reads a name and the types of parameters; <c>uint</c> and <c>int</c> become canonical.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AbiSignature? signature)
    {
        signature = null;
        var open = text?.IndexOf('(', StringComparison.Ordinal) ?? -1;
        if (open <= 0 || !IsIdentifier(text.AsSpan(0, open)) || !AbiType.TryParse(text![open..], out var type) || type is not AbiType.Tuple parameters)
        {
            return false;
        }

        signature = new AbiSignature(text[..open], parameters);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, for signatures written in code.</summary>
    /// <exception cref="FormatException">The text is no signature.</exception>
    public static AbiSignature Parse(string text) =>
        TryParse(text, out var signature) ? signature : throw new FormatException($"'{text}' is not an ABI signature.");

    /// <summary>The data of a call: selector and parameters. False when the values do not fit.</summary>
    public bool TryEncodeCall(IReadOnlyList<AbiValue> arguments, [NotNullWhen(true)] out byte[]? data, [NotNullWhen(false)] out string? error)
    {
        data = AbiEncoder.TryEncode(Parameters, arguments, out var encoded, out error) ? [.. Selector, .. encoded] : null;
        return data is not null;
    }

    /// <summary>The arguments of a call's data. False when the selector is another one or the rest does not decode.</summary>
    public bool TryDecodeCall(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out IReadOnlyList<AbiValue>? arguments)
    {
        arguments = null;
        return data.Span.StartsWith(Selector) && AbiDecoder.TryDecode(Parameters, data[SelectorLength..], out arguments);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => Name + Parameters;

    private static bool IsIdentifier(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '$'))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(name[0]);
    }
}
