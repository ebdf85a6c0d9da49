using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Qrossing.Formats.Hashing;

/// <summary>
/// Keccak-256 with the original padding byte 0x01, as Ethereum uses it. It is not SHA3-256 of FIPS 202, which pads with 0x06.
/// </summary>
public static class Keccak256
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int HashLength = 32;

    // 1600 bits of state less twice the 256 bits of security.
    private const int BlockLength = 136;

    /// <summary>The hash of <paramref name="data"/>, 32 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var hash = new byte[HashLength];
        Hash(data, hash);
        return hash;
    }

    /// <summary>Writes the hash of <paramref name="data"/> to <paramref name="destination"/>, which has 32 bytes; allocates nothing.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, HashLength);

        var state = default(KeccakPermutation.Lanes);
        while (data.Length >= BlockLength)
        {
            Absorb(ref state, data[..BlockLength]);
            data = data[BlockLength..];
        }

        Span<byte> last = stackalloc byte[BlockLength];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[^1] |= 0x80;
        Absorb(ref state, last);

        BinaryPrimitives.WriteUInt64LittleEndian(destination, state.Ba);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], state.Be);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], state.Bi);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], state.Bo);
    }

    private static void Absorb(ref KeccakPermutation.Lanes state, ReadOnlySpan<byte> block)
    {
        var lanes = MemoryMarshal.Cast<KeccakPermutation.Lanes, ulong>(MemoryMarshal.CreateSpan(ref state, 1));
        for (var lane = 0; lane < BlockLength / sizeof(ulong); lane++)
        {
            lanes[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        KeccakPermutation.Permute(ref state);
    }
}
