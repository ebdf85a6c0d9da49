using System.Numerics;

namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>The signature of a transaction.</summary>
/// <param name="Rs"><c>r || s</c>, 64 bytes big-endian.</param>
/// <param name="YParity">The parity of R's y, 0 or 1.</param>
public sealed record TransactionSignature(byte[] Rs, int YParity)
{
    internal const int RsLength = 64;

    /// <summary>r as an integer.</summary>
    public BigInteger R => new(Rs.AsSpan(0, RsLength / 2), isUnsigned: true, isBigEndian: true);

    /// <summary>s as an integer.</summary>
    public BigInteger S => new(Rs.AsSpan(RsLength / 2), isUnsigned: true, isBigEndian: true);
}
