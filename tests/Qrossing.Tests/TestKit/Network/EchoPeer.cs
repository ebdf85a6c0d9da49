using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Qrossing.Tests.TestKit.Network;

/// <summary>A TCP server that sends back what it gets and tells the test how its connections ended.</summary>
internal sealed class EchoPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public EchoPeer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public EndPoint EndPoint => _listener.LocalEndpoint;

    /// <summary>One entry per ended connection: all bytes it received, and whether it ended with FIN.</summary>
    public Channel<(byte[] Received, bool Closed)> Ended { get; } = Channel.CreateUnbounded<(byte[], bool)>();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(EchoAsync(await _listener.AcceptSocketAsync()));
            }
        }
        catch (SocketException)
        {
            await Task.WhenAll(connections); // Stopped.
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using var connection = socket;
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await connection.ReceiveAsync(buffer) is var count and > 0)
            {
                received.AddRange(buffer[..count]);
                await connection.SendAsync(buffer.AsMemory(0, count));
            }

            await Ended.Writer.WriteAsync(([.. received], true));
        }
        catch (SocketException)
        {
            await Ended.Writer.WriteAsync(([.. received], false));
        }
    }
}
