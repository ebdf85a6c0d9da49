using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.TestKit.Network;

/// <summary>
/// An HTTP/1.1 peer below HTTP: it keeps each request byte for byte and answers with the bytes the test gives, whether or not they are HTTP. One answer
/// per connection.
/// </summary>
public sealed class RawHttpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ArrivalLog<RawRequest> _received = new();
    private readonly Func<RawRequest, byte[]?> _answer;
    private readonly Task _accepting;

    private RawHttpPeer(Func<RawRequest, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        BaseUrl = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Every whole request so far.</summary>
    public IReadOnlyList<RawRequest> Received => _received.Items;

    /// <param name="answer">The bytes for a request, after which the connection is closed; null: silence until the other side gives up.</param>
    public static RawHttpPeer Start(Func<RawRequest, byte[]?> answer) => new(answer);

    /// <summary>A whole answer.</summary>
    public static byte[] Reply(int status, string body, params IReadOnlyList<string> headers) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status} Told\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}");

    /// <summary>Returns all requests as soon as they satisfy the condition.</summary>
    public Task<IReadOnlyList<RawRequest>> WaitForAsync(Func<IReadOnlyList<RawRequest>, bool> condition, CancellationToken cancellationToken) =>
        _received.WaitForAsync(condition, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                {
                    return;
                }

                _received.Add(_ => request);
                if (_answer(request) is { } bytes)
                {
                    await stream.WriteAsync(bytes, _stop.Token);
                    return;
                }

                var rest = new byte[1024];
                while (await stream.ReadAsync(rest, _stop.Token) > 0)
                {
                    // Silence until the other side closes.
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The other side ended the connection, or the test is over.
            }
        }
    }

    private async Task<RawRequest?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[64 * 1024];
        int headEnd;
        while ((headEnd = EndOf(bytes, "\r\n\r\n"u8)) < 0)
        {
            if (!await MoreAsync())
            {
                return null;
            }
        }

        var head = new RawRequest(Encoding.Latin1.GetString([.. bytes[..headEnd]]), []);
        if (head.Header("Transfer-Encoding") is ["chunked"])
        {
            while (EndOf(bytes[headEnd..], "0\r\n\r\n"u8) < 0)
            {
                if (!await MoreAsync())
                {
                    return null;
                }
            }
        }
        else if (head.Header("Content-Length") is [var length])
        {
            var whole = headEnd + int.Parse(length, CultureInfo.InvariantCulture);
            while (bytes.Count < whole)
            {
                if (!await MoreAsync())
                {
                    return null;
                }
            }
        }

        return head with { Body = [.. bytes[headEnd..]] };

        async Task<bool> MoreAsync()
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            bytes.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
    }

    /// <summary>The index after the mark; -1 without it.</summary>
    private static int EndOf(List<byte> bytes, ReadOnlySpan<byte> mark)
    {
        var at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf(mark);
        return at < 0 ? -1 : at + mark.Length;
    }
}
