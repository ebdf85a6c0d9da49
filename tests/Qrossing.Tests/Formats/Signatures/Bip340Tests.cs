using System.Numerics;
using Qrossing.Formats.Signatures;

namespace Qrossing.Tests.Formats.Signatures;

/// <summary>Vectors 0 and 1 of BIP-340's test-vectors.csv, and what must not be taken in their place.</summary>
[Trait("Kind", "unit")]
public sealed class Bip340Tests
{
    private const string Key = "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659";
    private const string Message = "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89";
    private const string R = "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE3341";
    private const string S = "8906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A";
    private const string Prime = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F";
    private const string Order = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141";

    [Theory]
    [InlineData(Key, Message, R + S, true)]
    [InlineData("F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9", "0000000000000000000000000000000000000000000000000000000000000000", "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA821525F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0", true)]
    [InlineData("EEFDEA4CDB677750A420FEE807EACF21EB9898AE79B9768766E4FAA04A2D4A34", Message, R + S, false)] // on no point
    [InlineData(Prime, Message, R + S, false)]
    [InlineData(Key, Message, Prime + S, false)]
    [InlineData(Key, Message, R + Order, false)]
    [InlineData(Key, Message, "4A298DACAE57395A15D0795DDBFD1DCB564DA82B0F269BC70A74F8220429BA1D" + S, false)]
    [InlineData(Key, Message, R, false)]
    [InlineData(Key, Message, R + S + "00", false)]
    [InlineData(Key + "00", Message, R + S, false)]
    [InlineData("", Message, R + S, false)]
    [InlineData(Key, Message + "00", R + S, false)]
    [InlineData(Key, "", R + S, false)]
    public void Signature_is_judged_as_the_specification_says(string key, string message, string signature, bool valid) =>
        Assert.Equal(valid, Bip340.Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature)));

    [Fact]
    public void Negated_s_is_no_signature()
    {
        var order = BigInteger.Parse("0" + Order, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        var negated = order - BigInteger.Parse("0" + S, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        byte[] signature = [.. Convert.FromHexString(R), .. negated.ToByteArray(isUnsigned: true, isBigEndian: true)];
        Assert.False(Bip340.Verify(Convert.FromHexString(Key), Convert.FromHexString(Message), signature));
    }

    [Fact]
    public void Every_flipped_bit_of_the_signature_is_noticed()
    {
        var signature = Convert.FromHexString(R + S);
        for (var bit = 0; bit < 8 * signature.Length; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Bip340.Verify(Convert.FromHexString(Key), Convert.FromHexString(Message), signature), $"bit {bit}");
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
