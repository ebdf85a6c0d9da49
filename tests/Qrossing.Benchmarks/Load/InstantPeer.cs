using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.Benchmarks.Load;

/// <summary>A server that gives every request the same answer at once, and costs next to nothing: what is measured is who calls it.</summary>
internal sealed class InstantPeer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answer;
    private long _count;

    public InstantPeer(int status, string json)
    {
        _answer = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"));
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        BaseUrl = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");
        _ = Task.Run(AcceptAsync);
    }

    public Uri BaseUrl { get; }

    /// <summary>Requests answered.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var buffer = new byte[64 * 1024];
                for (var have = 0; ;)
                {
                    var need = Length(buffer.AsSpan(0, have));
                    while (need > have || need < 0)
                    {
                        var read = await socket.ReceiveAsync(buffer.AsMemory(have));
                        if (read == 0)
                        {
                            return;
                        }

                        have += read;
                        need = Length(buffer.AsSpan(0, have));
                    }

                    buffer.AsSpan(need, have - need).CopyTo(buffer);
                    have -= need;
                    Interlocked.Increment(ref _count);
                    await socket.SendAsync(_answer);
                }
            }
            catch (SocketException)
            {
                // The caller went away.
            }
        }
    }

    /// <summary>Bytes of the first request; negative while its head is not complete. Bodies come with a length or in one small chunk.</summary>
    private static int Length(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }

        foreach (var range in received[..head].Split("\r\n"u8))
        {
            var line = received[range];
            if (line.Length > 15 && Ascii.EqualsIgnoreCase(line[..15], "content-length:"u8))
            {
                return Utf8Parser.TryParse(line[15..].TrimStart((byte)' '), out int length, out _)
                    ? head + 4 + length
                    : throw new IOException("The request cannot be read.");
            }

            if (line.Length > 18 && Ascii.EqualsIgnoreCase(line[..18], "transfer-encoding:"u8))
            {
                var end = received[(head + 4)..].IndexOf("0\r\n\r\n"u8);
                return end < 0 ? -1 : head + 4 + end + 5;
            }
        }

        return head + 4;
    }
}
