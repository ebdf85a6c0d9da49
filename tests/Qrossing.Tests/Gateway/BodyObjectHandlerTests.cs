using System.Net;
using System.Net.Sockets;
using System.Text;
using Qrossing.Gateway.Proxy;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class BodyObjectHandlerTests
{
    [Theory]
    [InlineData("DELETE")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Request_without_a_body_is_sent_once_when_the_peer_applies_it_and_closes(string method)
    {
        await using var peer = new ApplyAndClosePeer();
        using var client = new HttpMessageInvoker(new BodyObjectHandler(new SocketsHttpHandler()));
        using var first = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, peer.Url), TestContext.Current.CancellationToken);
        await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SendAsync(new HttpRequestMessage(new HttpMethod(method), peer.Url), TestContext.Current.CancellationToken));

        Assert.Equal(1, peer.Applied);
    }

    /// <summary>Answers the first GET of a connection and keeps it open; whatever comes next on it is applied and the connection is cut.</summary>
    private sealed class ApplyAndClosePeer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task _serving;
        private int _applied;

        public ApplyAndClosePeer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public int Applied => Volatile.Read(ref _applied);

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _serving;
            _listener.Stop();
            _stopping.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptTcpClientAsync(_stopping.Token);
                    await ServeAsync(connection.GetStream());
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(NetworkStream stream)
        {
            while (await ReadHeadAsync(stream) is { } head)
            {
                if (!head.StartsWith("GET ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _applied);
                    return;
                }

                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }
        }

        private static async Task<string?> ReadHeadAsync(NetworkStream stream)
        {
            var head = new StringBuilder();
            var buffer = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(buffer) == 0)
                {
                    return null;
                }

                head.Append((char)buffer[0]);
            }

            return head.ToString();
        }
    }
}
