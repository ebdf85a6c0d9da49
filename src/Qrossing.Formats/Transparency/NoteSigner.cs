using System.Text;
using Qrossing.Formats.Signatures;

namespace Qrossing.Formats.Transparency;

/// <summary>Signs notes with an Ed25519 key. Keeps the seed in memory for its lifetime.</summary>
public sealed class NoteSigner
{
    private readonly byte[] _seed;

    /// <summary>A signer of a valid name (no space, no plus) and a seed of 32 bytes.</summary>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        _seed = seed.ToArray();
        VerifierKey = new NoteVerifierKey(name, Ed25519.PublicKeyFromSeed(seed));
    }

    /// <summary>The key that verifies what this signs.</summary>
    public NoteVerifierKey VerifierKey { get; }

    /// <summary>The note with this text, which ends with a line feed, and one signature.</summary>
    public SignedNote Sign(string text) => new(text, [SignatureOf(text)]);

    /// <summary>The note with this signature added, as witnesses and other keys of the same log do.</summary>
    public SignedNote Cosign(SignedNote note) => new(note.Text, [.. note.Signatures, SignatureOf(note.Text)]);

    private NoteSignature SignatureOf(string text) =>
        new(VerifierKey.Name, VerifierKey.KeyId, Ed25519.Sign(_seed, Encoding.UTF8.GetBytes(text)));
}
