using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Qrossing.Formats.Transparency;

/// <summary>A text with signatures (c2sp.org/signed-note): the text, an empty line, then lines <c>— name base64(key id || signature)</c>.</summary>
public sealed class SignedNote
{
    /// <summary>The longest note that is read, in bytes.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>The most signatures that are read.</summary>
    public const int MaxSignatures = 100;

    // An em dash and a space.
    private const string LinePrefix = "\u2014 ";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A note of a text that ends with a line feed and has no other control characters, and at least one signature.</summary>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        if (!IsText(text))
        {
            throw new ArgumentException("The text of a note ends with a line feed and has no other control characters.", nameof(text));
        }

        ArgumentOutOfRangeException.ThrowIfZero(signatures.Count, nameof(signatures));
        Text = text;
        Signatures = signatures;
    }

    /// <summary>What is signed, its last line feed included.</summary>
    public string Text { get; }

    /// <summary>The signatures, of known and unknown keys, none of them verified yet.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note. False when it is not UTF-8, too long, without signature, or any line of the signatures is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > MaxLength)
        {
            return false;
        }

        string content;
        try
        {
            content = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        // The text may have empty lines itself: the last one divides.
        var end = content.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !content.EndsWith('\n') || !IsText(content))
        {
            return false;
        }

        var lines = content[(end + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaxSignatures)
        {
            return false;
        }

        var signatures = lines.Select(ReadSignature).OfType<NoteSignature>().ToList();
        note = signatures.Count == lines.Length ? new SignedNote(content[..(end + 1)], signatures) : null;
        return note is not null;
    }

    /// <summary>The note in UTF-8.</summary>
    public byte[] Encode() => Utf8.GetBytes(ToString());

    /// <summary>The note as text.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            var bytes = new byte[NoteVerifierKey.KeyIdLength + signature.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Signature.CopyTo(bytes, NoteVerifierKey.KeyIdLength);
            note.Append(LinePrefix).Append(signature.KeyName).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return note.ToString();
    }

    private static bool IsText(string text) =>
        text.EndsWith('\n') && text.All(character => character is >= ' ' or '\n');

    private static NoteSignature? ReadSignature(string line)
    {
        if (!line.StartsWith(LinePrefix, StringComparison.Ordinal)
            || line[LinePrefix.Length..].Split(' ') is not [var name, var base64]
            || !KeyName.IsValid(name)
            || !Base64Text.TryDecode(base64, out var bytes)
            || bytes.Length <= NoteVerifierKey.KeyIdLength)
        {
            return null;
        }

        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[NoteVerifierKey.KeyIdLength..]);
    }
}
