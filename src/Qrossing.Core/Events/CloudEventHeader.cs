using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Qrossing.Core.Events;

/// <summary>Values of attributes in HTTP headers (HTTP protocol binding, section 3.1.3.2).</summary>
internal static class CloudEventHeader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Undoes double quotes (RFC 9110 section 5.6.4), then one round of percent-encoding. False when what comes out is not UTF-8.</summary>
    public static bool TryDecode(string value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryUnquote(value, out var raw))
        {
            return false;
        }

        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] > '\x7f')
            {
                return false; // the sender must encode what is not ASCII
            }

            // A percent sign that does not begin an escape stands for itself: receivers must be lenient about it.
            if (raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit(raw[i + 1]) && char.IsAsciiHexDigit(raw[i + 2]))
            {
                bytes.Add(Convert.ToByte(raw.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)raw[i]);
            }
        }

        try
        {
            text = Utf8.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryUnquote(string value, out string raw)
    {
        raw = value;
        if (!value.StartsWith('"'))
        {
            return true;
        }

        var inner = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length; i++)
        {
            switch (value[i])
            {
                case '"':
                    raw = inner.ToString();
                    return i == value.Length - 1;
                case '\\' when i + 1 < value.Length:
                    inner.Append(value[++i]);
                    break;
                default:
                    inner.Append(value[i]);
                    break;
            }
        }

        return false; // no closing quote
    }
}
