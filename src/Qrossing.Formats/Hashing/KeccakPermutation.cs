using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qrossing.Formats.Hashing;

/// <summary>The permutation Keccak-f[1600] (FIPS 202 section 3.3): 24 rounds over 25 lanes of 64 bits.</summary>
internal static class KeccakPermutation
{
    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes <paramref name="a"/> in place. Rounds go back and forth between two states, so that no lane is copied.</summary>
    public static void Permute(ref Lanes a)
    {
        var constants = RoundConstants;
        Unsafe.SkipInit(out Lanes e);
        for (var round = 0; round < constants.Length; round += 2)
        {
            Round(in a, out e, constants[round]);
            Round(in e, out a, constants[round + 1]);
        }
    }

    // Theta, then rho and pi in the choice of lanes and rotations, then chi by rows, then iota.
    private static void Round(ref readonly Lanes a, out Lanes e, ulong constant)
    {
        var cA = a.Ba ^ a.Ga ^ a.Ka ^ a.Ma ^ a.Sa;
        var cE = a.Be ^ a.Ge ^ a.Ke ^ a.Me ^ a.Se;
        var cI = a.Bi ^ a.Gi ^ a.Ki ^ a.Mi ^ a.Si;
        var cO = a.Bo ^ a.Go ^ a.Ko ^ a.Mo ^ a.So;
        var cU = a.Bu ^ a.Gu ^ a.Ku ^ a.Mu ^ a.Su;
        var dA = cU ^ BitOperations.RotateLeft(cE, 1);
        var dE = cA ^ BitOperations.RotateLeft(cI, 1);
        var dI = cE ^ BitOperations.RotateLeft(cO, 1);
        var dO = cI ^ BitOperations.RotateLeft(cU, 1);
        var dU = cO ^ BitOperations.RotateLeft(cA, 1);
        Chi(
            a.Ba ^ dA,
            BitOperations.RotateLeft(a.Ge ^ dE, 44),
            BitOperations.RotateLeft(a.Ki ^ dI, 43),
            BitOperations.RotateLeft(a.Mo ^ dO, 21),
            BitOperations.RotateLeft(a.Su ^ dU, 14),
            out e.Ba, out e.Be, out e.Bi, out e.Bo, out e.Bu);
        Chi(
            BitOperations.RotateLeft(a.Bo ^ dO, 28),
            BitOperations.RotateLeft(a.Gu ^ dU, 20),
            BitOperations.RotateLeft(a.Ka ^ dA, 3),
            BitOperations.RotateLeft(a.Me ^ dE, 45),
            BitOperations.RotateLeft(a.Si ^ dI, 61),
            out e.Ga, out e.Ge, out e.Gi, out e.Go, out e.Gu);
        Chi(
            BitOperations.RotateLeft(a.Be ^ dE, 1),
            BitOperations.RotateLeft(a.Gi ^ dI, 6),
            BitOperations.RotateLeft(a.Ko ^ dO, 25),
            BitOperations.RotateLeft(a.Mu ^ dU, 8),
            BitOperations.RotateLeft(a.Sa ^ dA, 18),
            out e.Ka, out e.Ke, out e.Ki, out e.Ko, out e.Ku);
        Chi(
            BitOperations.RotateLeft(a.Bu ^ dU, 27),
            BitOperations.RotateLeft(a.Ga ^ dA, 36),
            BitOperations.RotateLeft(a.Ke ^ dE, 10),
            BitOperations.RotateLeft(a.Mi ^ dI, 15),
            BitOperations.RotateLeft(a.So ^ dO, 56),
            out e.Ma, out e.Me, out e.Mi, out e.Mo, out e.Mu);
        Chi(
            BitOperations.RotateLeft(a.Bi ^ dI, 62),
            BitOperations.RotateLeft(a.Go ^ dO, 55),
            BitOperations.RotateLeft(a.Ku ^ dU, 39),
            BitOperations.RotateLeft(a.Ma ^ dA, 41),
            BitOperations.RotateLeft(a.Se ^ dE, 2),
            out e.Sa, out e.Se, out e.Si, out e.So, out e.Su);
        e.Ba ^= constant;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(
        ulong b0, ulong b1, ulong b2, ulong b3, ulong b4,
        out ulong e0, out ulong e1, out ulong e2, out ulong e3, out ulong e4)
    {
        e0 = b0 ^ (~b1 & b2);
        e1 = b1 ^ (~b2 & b3);
        e2 = b2 ^ (~b3 & b4);
        e3 = b3 ^ (~b4 & b0);
        e4 = b4 ^ (~b0 & b1);
    }

    /// <summary>The state: rows b, g, k, m, s (y = 0..4) of columns a, e, i, o, u (x = 0..4), in the order bytes are absorbed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Lanes
    {
        public ulong Ba, Be, Bi, Bo, Bu;
        public ulong Ga, Ge, Gi, Go, Gu;
        public ulong Ka, Ke, Ki, Ko, Ku;
        public ulong Ma, Me, Mi, Mo, Mu;
        public ulong Sa, Se, Si, So, Su;
    }
}
