using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qrossing.Formats.Signatures;

namespace Qrossing.Formats.Transparency;

/// <summary>An Ed25519 key that verifies signed notes, in text <c>name+hex key id+base64(0x01 || public key)</c> (c2sp.org/signed-note, "verifier key").</summary>
public sealed class NoteVerifierKey
{
    internal const int KeyIdLength = sizeof(uint);

    private const byte Ed25519Type = 0x01;
    private const char Separator = '+';

    private readonly byte[] _publicKey;

    /// <summary>A key of a valid name (no space, no plus) and 32 bytes.</summary>
    public NoteVerifierKey(string name, ReadOnlySpan<byte> publicKey)
    {
        if (!KeyName.IsValid(name))
        {
            throw new ArgumentException("A key's name is not empty and has no space and no plus.", nameof(name));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, Ed25519.PublicKeyLength);
        Name = name;
        _publicKey = publicKey.ToArray();

        // SHA-256(name || 0x0A || type || public key), its first 4 bytes.
        byte[] preimage = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey];
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(preimage));
    }

    /// <summary>The name of the key.</summary>
    public string Name { get; }

    /// <summary>The first 4 bytes of the key's hash, big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Reads the text form. False when it is malformed, of another type than Ed25519, or its key id is not that of name and key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteVerifierKey? key)
    {
        key = null;

        // Base64 may contain a plus, a name and hexadecimal digits never do.
        if (text?.Split(Separator, 3) is not [var name, var id, var base64] || !KeyName.IsValid(name))
        {
            return false;
        }

        Span<byte> typed = stackalloc byte[1 + Ed25519.PublicKeyLength];
        if (!Base64Text.TryDecode(base64, typed) || typed[0] != Ed25519Type)
        {
            return false;
        }

        var parsed = new NoteVerifierKey(name, typed[1..]);
        key = parsed.HexKeyId() == id ? parsed : null;
        return key is not null;
    }

    /// <summary>Whether a signature bears this key's name and id.</summary>
    public bool IsOf(NoteSignature signature) => signature.KeyName == Name && signature.KeyId == KeyId;

    /// <summary>Whether the note has a signature of this key, and every one that claims to be is valid.</summary>
    public bool Verify(SignedNote note)
    {
        var claimed = note.Signatures.Where(IsOf).ToList();
        var text = Encoding.UTF8.GetBytes(note.Text);
        return claimed.Count > 0 && claimed.All(signature => Ed25519.Verify(_publicKey, text, signature.Signature));
    }

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}{Separator}{HexKeyId()}{Separator}{Convert.ToBase64String([Ed25519Type, .. _publicKey])}";

    private string HexKeyId() => KeyId.ToString("x8", CultureInfo.InvariantCulture);
}
