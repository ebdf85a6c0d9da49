using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Qrossing.Formats.Ipld;

/// <summary>The text is the bytes, read as UTF-8.</summary>
internal sealed class IdentityBase : BaseEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Encode(ReadOnlySpan<byte> bytes) => StrictUtf8.GetString(bytes);

    public override bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[StrictUtf8.GetMaxByteCount(text.Length)];
        if (Utf8.FromUtf16(text, bytes, out _, out var length, replaceInvalidSequences: false)
            != OperationStatus.Done)
        {
            bytes = null;
            return false;
        }

        bytes = bytes[..length];
        return true;
    }
}
