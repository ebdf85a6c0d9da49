using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>
/// A TCP server on 127.0.0.1 that reads HTTP/1.1 requests byte by byte and answers each as told, or cuts, or is silent. It records whole
/// requests as text, and how many bytes arrived at all.
/// </summary>
internal sealed class RawPeer : IAsyncDisposable
{
    public const string Cut = "(cut)";
    public const string Silence = "(silence)";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, int, string> _answer;
    private readonly Task _accepting;
    private long _bytes;

    /// <param name="answer">From the request's text and its number from 1: a whole response, <see cref="Cut"/> or <see cref="Silence"/>.</param>
    public RawPeer(Func<string, int, string> answer)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<string> Requests { get; } = new();

    public long Bytes => Interlocked.Read(ref _bytes);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri BaseUrl => new($"http://127.0.0.1:{Port}");

    public static string Ok(string body = "done", string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public static string Status(int status, string headers = "") => $"HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n{headers}\r\n";

    public static RawPeer Answering(string response) => new((_, _) => response);

    /// <summary>Ends when so many requests were read whole.</summary>
    public async Task WaitAsync(int requests)
    {
        while (Requests.Count < requests)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
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
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
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
                while (await ReadAsync(stream) is { } request)
                {
                    Requests.Enqueue(request);
                    var answer = _answer(request, Requests.Count);
                    if (answer == Cut)
                    {
                        return;
                    }

                    if (answer == Silence)
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                    }

                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // the gateway's side of the connection ended
            }
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            Interlocked.Increment(ref _bytes);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
