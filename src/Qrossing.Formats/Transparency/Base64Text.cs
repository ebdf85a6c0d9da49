namespace Qrossing.Formats.Transparency;

/// <summary>Standard base64 as signed notes use it: padded, canonical, without white space.</summary>
internal static class Base64Text
{
    /// <summary>Decodes any number of bytes. False unless encoding them again gives the same text.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var length) || Convert.ToBase64String(buffer.AsSpan(0, length)) != text)
        {
            return false;
        }

        bytes = buffer[..length];
        return true;
    }

    /// <summary>Decodes exactly as many bytes as <paramref name="bytes"/> has.</summary>
    public static bool TryDecode(string text, Span<byte> bytes)
    {
        if (!TryDecode(text, out var decoded) || decoded.Length != bytes.Length)
        {
            return false;
        }

        decoded.CopyTo(bytes);
        return true;
    }
}
