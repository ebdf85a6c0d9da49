using System.Net;
using System.Net.Sockets;

namespace Qrossing.TestKit.Network;

/// <summary>One client's connection through the proxy: two pumps that ask for the fault before they pass a piece on.</summary>
internal sealed class FaultyConnection(TcpFaultProxy proxy, Socket client) : IDisposable
{
    private const int PieceBytes = 16 * 1024;

    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    // Never disposed: a reset may be asked for while the connection ends by itself, and without a timer it holds no resource.
    private readonly CancellationTokenSource _ended = new();
    private long _requestBytes;
    private long _replyBytes;
    private volatile bool _reset;

    /// <summary>Resets both sides.</summary>
    public void Abort()
    {
        _reset = true;
        _ended.Cancel();
    }

    public async Task RunAsync(EndPoint peer, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, _ended.Token);
        client.NoDelay = true;
        try
        {
            await _peer.ConnectAsync(peer, end.Token);
            await Task.WhenAll(
                PumpAsync(client, _peer, TrafficDirection.ToPeer, end.Token),
                PumpAsync(_peer, client, TrafficDirection.ToClient, end.Token));
        }
        catch (SocketException)
        {
            Abort(); // One side broke off: the other side sees the same.
        }
        catch (OperationCanceledException)
        {
            // A fault ended it, or the proxy is being disposed.
        }
    }

    public void Dispose()
    {
        if (_reset)
        {
            // Linger 0 makes the kernel send RST in place of FIN; closing without a time-out keeps the runtime from shutting
            // down (FIN) first, which it does when an operation that was just cancelled still holds the handle.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            _peer.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Close(0);
            _peer.Close(0);
        }

        client.Dispose();
        _peer.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, TrafficDirection direction, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[PieceBytes];
            while (await ReceiveAsync(from, buffer, cancellationToken) is var count and > 0)
            {
                await PassAsync(to, direction, buffer.AsMemory(0, count), cancellationToken);
            }

            await PassEndAsync(to, cancellationToken);
        }
        catch
        {
            await _ended.CancelAsync(); // The other pump may wait for data that never comes.
            throw;
        }
    }

    /// <summary>Reads a piece, but not while stalled: what is not read here fills the sender's window.</summary>
    private async Task<int> ReceiveAsync(Socket from, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await WhileAsync<TcpFault.Stall>(cancellationToken);
        return await from.ReceiveAsync(buffer, cancellationToken);
    }

    private async Task PassAsync(Socket to, TrafficDirection direction, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        await WhileAsync<TcpFault.Stall>(cancellationToken);
        switch (proxy.State.Fault)
        {
            case TcpFault.HalfOpen:
                break;
            case TcpFault.Reset:
                Abort();
                break;
            case TcpFault.Latency latency:
                await Task.Delay(latency.Delay, proxy.Clock, cancellationToken);
                await SendAsync(to, direction, piece, cancellationToken);
                break;
            case TcpFault.Drip drip:
                for (; piece.Length > drip.Bytes; piece = piece[drip.Bytes..])
                {
                    await SendAsync(to, direction, piece[..drip.Bytes], cancellationToken);
                    await Task.Delay(drip.Pause, proxy.Clock, cancellationToken);
                }

                await SendAsync(to, direction, piece, cancellationToken);
                break;
            case TcpFault.CutAfter cut when cut.Direction == direction:
                await SendUpToAsync(to, direction, piece, cut.Bytes, cancellationToken);
                break;
            case TcpFault.DropReply drop when direction == TrafficDirection.ToClient && Interlocked.Read(ref _requestBytes) >= drop.AfterRequestBytes:
                Abort();
                break;
            default:
                await SendAsync(to, direction, piece, cancellationToken);
                break;
        }
    }

    private async Task SendUpToAsync(Socket to, TrafficDirection direction, ReadOnlyMemory<byte> piece, long limit, CancellationToken cancellationToken)
    {
        var left = limit - Interlocked.Read(ref direction == TrafficDirection.ToPeer ? ref _requestBytes : ref _replyBytes);
        if (left > piece.Length)
        {
            await SendAsync(to, direction, piece, cancellationToken);
            return;
        }

        if (left > 0)
        {
            await SendAsync(to, direction, piece[..(int)left], cancellationToken);
        }

        await _ended.CancelAsync();
    }

    private async Task SendAsync(Socket to, TrafficDirection direction, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref direction == TrafficDirection.ToPeer ? ref _requestBytes : ref _replyBytes, piece.Length);
        for (var rest = piece; !rest.IsEmpty;)
        {
            rest = rest[await to.SendAsync(rest, cancellationToken)..];
        }
    }

    /// <summary>A FIN travels like data does: late when stalled, not at all when half-open.</summary>
    private async Task PassEndAsync(Socket to, CancellationToken cancellationToken)
    {
        await WhileAsync<TcpFault.Stall>(cancellationToken);
        await WhileAsync<TcpFault.HalfOpen>(cancellationToken);
        if (proxy.State.Fault is TcpFault.Reset)
        {
            Abort();
            return;
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task WhileAsync<TFault>(CancellationToken cancellationToken)
        where TFault : TcpFault
    {
        while (proxy.State is { Fault: TFault } state)
        {
            await state.Ended.WaitAsync(cancellationToken);
        }
    }
}
