using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.Benchmarks.Load;

/// <summary>Reads HTTP/1.1 answers off a socket and keeps no more of them than the status.</summary>
internal sealed class AnswerReader(Socket socket)
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>The status of the next answer, once all of it is here.</summary>
    public async ValueTask<int> ReadAsync()
    {
        var (have, head) = (0, -1);
        while (head < 0)
        {
            have += await ReceiveAsync(have);
            head = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }

        var (status, length) = Parse(_buffer.AsSpan(0, head + 2));
        head += 4;
        if (length >= 0)
        {
            for (var left = length - (have - head); left > 0;)
            {
                left -= await ReceiveAsync(0);
            }
        }
        else
        {
            while (!_buffer.AsSpan(0, have).EndsWith("0\r\n\r\n"u8))
            {
                have += await ReceiveAsync(have);
            }
        }

        return status;
    }

    /// <summary>Length −1: chunked.</summary>
    private static (int Status, long Length) Parse(ReadOnlySpan<byte> head)
    {
        var status = (int)Number(head[9..12]);
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.Length > 15 && Ascii.EqualsIgnoreCase(line[..15], "content-length:"u8))
            {
                return (status, Number(line[15..].TrimStart((byte)' ')));
            }

            if (line.Length > 18 && Ascii.EqualsIgnoreCase(line[..18], "transfer-encoding:"u8))
            {
                return (status, -1);
            }
        }

        return (status, 0);
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out _) ? number : throw new IOException("The answer cannot be read.");

    private async ValueTask<int> ReceiveAsync(int at)
    {
        var read = await socket.ReceiveAsync(_buffer.AsMemory(at));
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
