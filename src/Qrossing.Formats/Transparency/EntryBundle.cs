using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Qrossing.Formats.Transparency;

/// <summary>A bundle of log entries (c2sp.org/tlog-tiles, "log entries"): every entry after its length in two bytes, big-endian.</summary>
public static class EntryBundle
{
    /// <summary>The longest entry in bytes.</summary>
    public const int MaxEntryLength = ushort.MaxValue;

    /// <summary>Encodes 1 to 256 entries.</summary>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count, nameof(entries));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, TilePath.FullWidth, nameof(entries));
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, MaxEntryLength, nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(bundle.GetSpan(sizeof(ushort)), (ushort)entry.Length);
            bundle.Advance(sizeof(ushort));
            bundle.Write(entry.Span);
        }

        return bundle.WrittenSpan.ToArray();
    }

    /// <summary>Reads a bundle into slices of it. False when an entry is cut off, or there are none or more than 256.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bundle, [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? entries)
    {
        entries = null;
        var read = new List<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < sizeof(ushort) || read.Count == TilePath.FullWidth)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            bundle = bundle[sizeof(ushort)..];
            if (length > bundle.Length)
            {
                return false;
            }

            read.Add(bundle[..length]);
            bundle = bundle[length..];
        }

        entries = read.Count > 0 ? read : null;
        return entries is not null;
    }
}
