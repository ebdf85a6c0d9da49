using System.Numerics;

namespace Qrossing.Formats.Ethereum.Abi;

/// <summary>Ranges of <c>uintN</c> and <c>intN</c>.</summary>
internal static class AbiIntegers
{
    public static bool Fits(AbiType.Integer type, BigInteger value)
    {
        // GetBitLength is that of the shortest two's complement without its sign bit: 127 and -128 have 7.
        return type.IsSigned ? value.GetBitLength() < type.Bits : value.Sign >= 0 && value.GetBitLength() <= type.Bits;
    }
}
