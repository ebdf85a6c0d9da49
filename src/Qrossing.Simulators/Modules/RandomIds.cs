using System.Security.Cryptography;

namespace Qrossing.Simulators.Modules;

/// <summary>The id formats the modules issue: RFC 9562 version 4 UUIDs and 12-byte database ids in hex.</summary>
internal static class RandomIds
{
    public static string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    public static string ObjectId() => RandomNumberGenerator.GetHexString(24, lowercase: true);
}
