using System.Text;
using FsCheck.Xunit;
using Org.BouncyCastle.Crypto.Digests;
using Qrossing.Formats.Hashing;

namespace Qrossing.Tests.Formats.Hashing;

[Trait("Kind", "unit")]
public sealed class Keccak256Tests
{
    // Digests computed with ethers 6.17.
    [Theory]
    [InlineData("", "C5D2460186F7233C927E7DB2DCC703C0E500B653CA82273B7BFAD8045D85A470")]
    [InlineData("abc", "4E03657AEA45A94FC7D47BA826C8D667C0D1E6E33A64A036EC44F58FA12D6C45")]
    public void Hash_of_a_known_text_is_the_published_digest(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexString(Keccak256.Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Hash_at_every_length_around_the_block_equals_the_reference_implementation()
    {
        for (var length = 0; length <= (3 * 136) + 1; length++)
        {
            var data = new byte[length];
            Array.Fill(data, (byte)(length * 31));
            Assert.Equal(Reference(data), Keccak256.Hash(data));
        }
    }

    [Property(MaxTest = 300)]
    public void Hash_of_any_bytes_equals_the_reference_implementation(byte[] data) => Assert.Equal(Reference(data), Keccak256.Hash(data));

    [Fact]
    public void Hash_into_a_span_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Keccak256.Hash([], new byte[31]));

    private static byte[] Reference(byte[] data)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(data, 0, data.Length);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
