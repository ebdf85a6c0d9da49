using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Qrossing.TestKit.Network;

namespace Qrossing.Tests.TestKit.Network;

[Trait("Kind", "unit")]
public sealed class TcpFaultProxyTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private readonly EchoPeer _peer = new();
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private TcpFaultProxy _proxy = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _proxy = TcpFaultProxy.Start(_peer.EndPoint, _clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Proxy_without_fault_passes_both_directions_and_the_end()
    {
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);
        Assert.Equal("hello", await ExchangeAsync("hello"));

        _client.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await _client.ReceiveAsync(new byte[1], Cancel));
        var (received, closed) = await _peer.Ended.Reader.ReadAsync(Cancel);
        Assert.Equal("hello", Encoding.ASCII.GetString(received));
        Assert.True(closed);
        Assert.Equal(1, _proxy.Accepted);
    }

    [Fact]
    public async Task Reset_breaks_open_connections_and_new_ones_until_it_is_switched_off()
    {
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);
        await ExchangeAsync("hello");

        _proxy.Fault = new TcpFault.Reset();

        Assert.Equal(SocketError.ConnectionReset, await ReceiveErrorAsync(_client));
        var refused = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var late = await ConnectedAsync(); // The reset may overtake the report that the connection stands.
            await late.ReceiveAsync(new byte[1], Cancel);
        });
        Assert.Equal(SocketError.ConnectionReset, refused.SocketErrorCode);

        _proxy.Fault = new TcpFault.None();
        using var healthy = await ConnectedAsync();
        Assert.Equal("again", await ExchangeAsync("again", healthy));
        Assert.Equal(3, _proxy.Accepted);
    }

    [Fact]
    public async Task Stall_holds_data_until_it_is_switched_off()
    {
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);
        await ExchangeAsync("hello");
        _proxy.Fault = new TcpFault.Stall();
        await _client.SendAsync("held"u8.ToArray(), Cancel);
        var answer = ReceiveTextAsync(_client, 4);
        Assert.False(answer.IsCompleted);

        _proxy.Fault = new TcpFault.None();

        Assert.Equal("held", await answer);
    }

    [Fact]
    public async Task HalfOpen_loses_data_and_announces_no_end()
    {
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);
        await ExchangeAsync("hello");
        _proxy.Fault = new TcpFault.HalfOpen();
        await _client.SendAsync("lost"u8.ToArray(), Cancel);
        _client.Shutdown(SocketShutdown.Send);
        Assert.Equal(1, _proxy.Open);
        Assert.False(_peer.Ended.Reader.TryRead(out _));

        _proxy.Fault = new TcpFault.Reset();

        var (received, closed) = await _peer.Ended.Reader.ReadAsync(Cancel);
        Assert.Equal("hello", Encoding.ASCII.GetString(received));
        Assert.False(closed);
    }

    [Fact]
    public async Task CutAfter_lets_exactly_so_many_request_bytes_arrive()
    {
        _proxy.Fault = new TcpFault.CutAfter(TrafficDirection.ToPeer, 7);
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);

        await _client.SendAsync("0123456789"u8.ToArray(), Cancel);

        var (received, _) = await _peer.Ended.Reader.ReadAsync(Cancel);
        Assert.Equal("0123456", Encoding.ASCII.GetString(received));
    }

    [Fact]
    public async Task CutAfter_lets_exactly_so_many_reply_bytes_arrive_across_pieces()
    {
        _proxy.Fault = new TcpFault.CutAfter(TrafficDirection.ToClient, 5);
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);

        Assert.Equal("abc", await ExchangeAsync("abc"));
        await _client.SendAsync("defgh"u8.ToArray(), Cancel);

        Assert.Equal("de", await ReceiveTextAsync(_client, 2));
        Assert.Equal(0, await _client.ReceiveAsync(new byte[1], Cancel));
    }

    [Fact]
    public async Task DropReply_delivers_the_whole_request_and_resets_the_client_at_the_first_reply_byte()
    {
        _proxy.Fault = new TcpFault.DropReply(AfterRequestBytes: 4);
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);
        Assert.Equal("abc", await ExchangeAsync("abc"));

        await _client.SendAsync("order"u8.ToArray(), Cancel);

        Assert.Equal(SocketError.ConnectionReset, await ReceiveErrorAsync(_client));
        var (received, _) = await _peer.Ended.Reader.ReadAsync(Cancel);
        Assert.Equal("abcorder", Encoding.ASCII.GetString(received));
    }

    [Fact]
    public async Task Latency_holds_each_piece_for_its_time()
    {
        _proxy.Fault = new TcpFault.Latency(TimeSpan.FromSeconds(3));
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);

        await _client.SendAsync("slow"u8.ToArray(), Cancel);
        var answer = ReceiveTextAsync(_client, 4);
        await AdvanceUntilAsync(answer, TimeSpan.FromSeconds(1));

        Assert.Equal("slow", await answer);
        Assert.True(_clock.GetUtcNow() - _clock.Start >= TimeSpan.FromSeconds(6), "once for each direction");
    }

    [Fact]
    public async Task Drip_delivers_everything_a_few_bytes_at_a_time()
    {
        _proxy.Fault = new TcpFault.Drip(2, TimeSpan.FromSeconds(1));
        await _client.ConnectAsync(_proxy.EndPoint, Cancel);

        await _client.SendAsync("0123456789"u8.ToArray(), Cancel);
        var answer = ReceiveTextAsync(_client, 10);
        await AdvanceUntilAsync(answer, TimeSpan.FromSeconds(1));

        Assert.Equal("0123456789", await answer);
        Assert.True(_clock.GetUtcNow() - _clock.Start >= TimeSpan.FromSeconds(4), "four pauses between five drops");
    }

    /// <summary>Moves the fake clock whenever the proxy waits, until the awaited has happened.</summary>
    private async Task AdvanceUntilAsync(Task awaited, TimeSpan step)
    {
        while (!awaited.IsCompleted)
        {
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    private async Task<Socket> ConnectedAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_proxy.EndPoint, Cancel);
        return socket;
    }

    private async Task<string> ExchangeAsync(string text, Socket? client = null)
    {
        await (client ?? _client).SendAsync(Encoding.ASCII.GetBytes(text), Cancel);
        return await ReceiveTextAsync(client ?? _client, text.Length);
    }

    private static async Task<string> ReceiveTextAsync(Socket socket, int count)
    {
        var buffer = new byte[count];
        for (var have = 0; have < count;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have), Cancel);
            Assert.NotEqual(0, read);
            have += read;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    private static async Task<SocketError> ReceiveErrorAsync(Socket socket) =>
        (await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(new byte[1], Cancel).AsTask())).SocketErrorCode;
}
