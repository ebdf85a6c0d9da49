using System.Numerics;
using Qrossing.Formats.Signatures;

namespace Qrossing.Tests.Formats.Signatures;

[Trait("Kind", "unit")]
public sealed class Ed25519Tests
{
    // The order of the group, RFC 8032 section 5.1.
    private static readonly BigInteger Order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    // RFC 8032 section 7.1, tests 1 to 3.
    [Theory]
    [InlineData("9D61B19DEFFD5A60BA844AF492EC2CC44449C5697B326919703BAC031CAE7F60", "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A", "", "E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E065224901555FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B")]
    [InlineData("4CCD089B28FF96DA9DB6C346EC114E0F5B8A319F35ABA624DA8CF6ED4FB8A6FB", "3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", "72", "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00")]
    [InlineData("C5AA8DF43F9F837BEDB7442F31DCB7B166D38535076F094B85CE3A2E0B4458F7", "FC51CD8E6218A1A38DA47ED00230F0580816ED13BA3303AC5DEB911548908025", "AF82", "6291D657DEEC24024827E69C3ABE01A30CE548A284743A445E3680D7DB5AC3AC18FF9B538D16F290AE67F760984DC6594A7C15E9716ED28DC027BECEEA1EC40A")]
    public void Signature_of_the_specification_is_made_and_verified(string seed, string publicKey, string message, string signature)
    {
        Assert.Equal(publicKey, Convert.ToHexString(Ed25519.PublicKeyFromSeed(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexString(Ed25519.Sign(Convert.FromHexString(seed), Convert.FromHexString(message))));
        Assert.True(Ed25519.Verify(Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature)));
    }

    [Fact]
    public void Every_flipped_bit_of_a_signature_is_refused()
    {
        var (seed, publicKey) = Ed25519.GenerateKey();
        var signature = Ed25519.Sign(seed, "message"u8);
        for (var bit = 0; bit < 8 * signature.Length; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(publicKey, "message"u8, signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(Ed25519.Verify(publicKey, "message"u8, signature));
    }

    [Fact]
    public void S_that_is_not_below_the_order_is_refused()
    {
        var (seed, publicKey) = Ed25519.GenerateKey();
        var signature = Ed25519.Sign(seed, "message"u8);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        s.ToByteArray(isUnsigned: true).CopyTo(signature, 32);
        Assert.False(Ed25519.Verify(publicKey, "message"u8, signature));
    }

    // The identity, a point of order 2, one of order 4, y = p (zero written in a second way) and y = p + 1 (one likewise).
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    public void Public_keys_of_small_order_or_not_canonical_verify_nothing(string publicKey)
    {
        // R = A and S = 0 satisfies the equation for every message where A has order 1.
        var key = Convert.FromHexString(publicKey);
        for (byte message = 0; message < 16; message++)
        {
            Assert.False(Ed25519.Verify(key, [message], [.. key, .. new byte[32]]));
        }
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(0, 0)]
    public void Other_lengths_are_refused(int keyLength, int signatureLength) =>
        Assert.False(Ed25519.Verify(new byte[keyLength], [], new byte[signatureLength]));
}
