using System.Buffers.Binary;
using Qrossing.Formats.Hashing;
using Qrossing.Formats.Signatures;

namespace Qrossing.Formats.Ethereum;

/// <summary>An account of Ethereum: 20 bytes. Its text has the checksum of EIP-55.</summary>
public readonly record struct EthereumAddress
{
    /// <summary>Length of an address in bytes.</summary>
    public const int Length = 20;

    private readonly UInt128 _high;
    private readonly uint _low;

    /// <summary>The address of exactly 20 bytes.</summary>
    public EthereumAddress(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The address of an uncompressed public key (65 bytes, first 0x04): the last 20 bytes of its Keccak-256.</summary>
    public static EthereumAddress FromPublicKey(ReadOnlySpan<byte> uncompressed65)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(uncompressed65.Length, 65);
        return FromHash(uncompressed65[1..]);
    }

    /// <summary>The address of a private key. False when it is not 32 bytes in 1..n-1.</summary>
    public static bool TryFromPrivateKey(ReadOnlySpan<byte> privateKey32, out EthereumAddress address)
    {
        var valid = Secp256k1.TryGetPublicKey(privateKey32, compressed: false, out var publicKey);
        address = valid ? FromPublicKey(publicKey) : default;
        return valid;
    }

    /// <summary>The address of the contract that <paramref name="sender"/> creates with the transaction of this nonce (Yellow Paper section 7).</summary>
    public static EthereumAddress Create(EthereumAddress sender, ulong nonce) =>
        FromHash(Rlp.Encode(RlpItem.List(RlpItem.Of(sender.ToArray()), RlpItem.Of(nonce))));

    /// <summary>The address of a contract created by CREATE2 (EIP-1014). Salt and the Keccak-256 of the init code have 32 bytes.</summary>
    public static EthereumAddress Create2(EthereumAddress sender, ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> initCodeHash32)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt32.Length, 32);
        ArgumentOutOfRangeException.ThrowIfNotEqual(initCodeHash32.Length, Keccak256.HashLength);
        Span<byte> preimage = stackalloc byte[1 + Length + 32 + Keccak256.HashLength];
        preimage[0] = 0xFF;
        sender.CopyTo(preimage[1..]);
        salt32.CopyTo(preimage[21..]);
        initCodeHash32.CopyTo(preimage[53..]);
        return FromHash(preimage);
    }

    /// <summary>
    /// Reads <c>0x</c> and 40 digits. Digits all in lower or all in upper case carry no checksum and are accepted;
    /// mixed case must be the checksum of EIP-55.
    /// </summary>
    public static bool TryParse(string? text, out EthereumAddress address)
    {
        address = default;
        if (!Hex.TryDecode(text, Length, out var bytes))
        {
            return false;
        }

        var parsed = new EthereumAddress(bytes);
        var digits = text.AsSpan(2);
        if (digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F') && parsed.ToString() != text)
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>Reads an address in exactly the case that EIP-55 gives it, for input where a typing error must be noticed.</summary>
    public static bool TryParseChecksummed(string? text, out EthereumAddress address) =>
        TryParse(text, out address) && address.ToString() == text;

    /// <summary>Writes the 20 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    /// <summary>The 20 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary><c>0x</c> and 40 digits with the checksum of EIP-55.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        Span<char> text = stackalloc char[2 + (2 * Length)];
        "0x".CopyTo(text);
        var digits = text[2..];
        Convert.TryToHexStringLower(bytes, digits, out _);

        // A letter is upper case where the digit at its place in the hash of the lower case text is 8 or more.
        Span<byte> ascii = stackalloc byte[2 * Length];
        for (var i = 0; i < digits.Length; i++)
        {
            ascii[i] = (byte)digits[i];
        }

        Span<byte> hash = stackalloc byte[Keccak256.HashLength];
        Keccak256.Hash(ascii, hash);
        for (var i = 0; i < digits.Length; i++)
        {
            var nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0xF;
            digits[i] = nibble >= 8 ? char.ToUpperInvariant(digits[i]) : digits[i];
        }

        return text.ToString();
    }

    private static EthereumAddress FromHash(ReadOnlySpan<byte> preimage)
    {
        Span<byte> hash = stackalloc byte[Keccak256.HashLength];
        Keccak256.Hash(preimage, hash);
        return new EthereumAddress(hash[^Length..]);
    }
}
