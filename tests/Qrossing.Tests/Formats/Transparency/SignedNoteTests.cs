using System.Text;
using Qrossing.Formats.Transparency;

namespace Qrossing.Tests.Formats.Transparency;

[Trait("Kind", "unit")]
public sealed class SignedNoteTests
{
    private const string Text = "This is an example message.\n";

    // The key and the signed note that the documentation of golang.org/x/mod/sumdb/note gives as example.
    private const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterLine = "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly NoteSigner Signer = new("example.com/log", new byte[32]);

    [Fact]
    public void Note_of_another_implementation_verifies()
    {
        Assert.True(NoteVerifierKey.TryParse(PeterKey, out var key));
        Assert.Equal(PeterKey, key.ToString());
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(PeterText + "\n" + PeterLine), out var note));
        Assert.True(key.Verify(note));
        Assert.Equal(PeterText, note.Text);
    }

    [Fact]
    public void Note_is_signed_written_read_and_verified()
    {
        var note = Signer.Sign(Text);
        Assert.True(SignedNote.TryParse(note.Encode(), out var read));
        Assert.Equal(note.ToString(), read.ToString());
        Assert.True(Signer.VerifierKey.Verify(read));
        Assert.True(NoteVerifierKey.TryParse(Signer.VerifierKey.ToString(), out var key));
        Assert.True(key.Verify(read));
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_kept_and_ignored()
    {
        var witness = new NoteSigner("witness.example", [.. Enumerable.Repeat((byte)7, 32)]);
        var note = witness.Cosign(Signer.Sign(Text));
        Assert.Equal(2, note.Signatures.Count);
        Assert.True(Signer.VerifierKey.Verify(note));
        Assert.True(witness.VerifierKey.Verify(note));
        Assert.False(new NoteSigner("third.example", new byte[32]).VerifierKey.Verify(note));
    }

    [Fact]
    public void Note_with_an_altered_text_or_a_false_signature_beside_a_true_one_is_refused()
    {
        var note = Signer.Sign(Text);
        Assert.False(Signer.VerifierKey.Verify(new SignedNote("Another text.\n", note.Signatures)));
        var forged = note.Signatures[0] with { Signature = new byte[64] };
        Assert.False(Signer.VerifierKey.Verify(new SignedNote(Text, [note.Signatures[0], forged])));
    }

    [Fact]
    public void Text_may_have_empty_lines_itself()
    {
        var note = Signer.Sign("first\n\nsecond\n");
        Assert.True(SignedNote.TryParse(note.Encode(), out var read));
        Assert.Equal("first\n\nsecond\n", read.Text);
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAA\n")]
    [InlineData("text\n\n\u2014 name AAAAAB==\n")]
    [InlineData("text\n\n\u2014 name AAA AAAA=\n")]
    [InlineData("text\n\n\u2014 na+me AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=\r\n")]
    [InlineData("te\txt\n\n\u2014 name AAAAAAA=\n")]
    [InlineData("\u2014 name AAAAAAA=\n")]
    public void Malformed_notes_are_refused(string note) => Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out _));

    [Fact]
    public void Well_formed_line_of_an_unknown_kind_is_read() =>
        Assert.True(SignedNote.TryParse("text\n\n\u2014 name AAAAAAA=\n"u8, out _));

    [Fact]
    public void Notes_that_are_no_text_or_too_large_are_refused()
    {
        Assert.False(SignedNote.TryParse([0xFF, .. Signer.Sign(Text).Encode()], out _));
        Assert.False(SignedNote.TryParse(Signer.Sign(new string('a', SignedNote.MaxLength) + "\n").Encode(), out _));
        var many = new SignedNote(Text, [.. Enumerable.Repeat(Signer.Sign(Text).Signatures[0], SignedNote.MaxSignatures + 1)]);
        Assert.False(SignedNote.TryParse(many.Encode(), out _));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann")]
    [InlineData("")]
    public void Malformed_verifier_keys_are_refused(string key) => Assert.False(NoteVerifierKey.TryParse(key, out _));
}
