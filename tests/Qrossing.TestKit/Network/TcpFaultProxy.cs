using System.Net;
using System.Net.Sockets;

namespace Qrossing.TestKit.Network;

/// <summary>
/// A TCP proxy on 127.0.0.1 in front of a real peer, whose <see cref="Fault"/> can be switched at any time, for the connections
/// that are open too. In user space, because it must also work where the kernel offers no network emulation.
/// </summary>
public sealed class TcpFaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _peer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<FaultyConnection> _open = [];
    private readonly HashSet<Task> _running = [];
    private readonly Task _accepting;
    private FaultState _state = new(new TcpFault.None());
    private int _accepted;

    private TcpFaultProxy(EndPoint peer, TimeProvider clock)
    {
        _peer = peer;
        Clock = clock;
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How many connections were accepted so far, those reset at once included.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open now.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>What happens to connections, from now on.</summary>
    public TcpFault Fault
    {
        get => State.Fault;
        set
        {
            FaultyConnection[] connections;
            FaultState before;
            lock (_gate)
            {
                before = _state;
                _state = new FaultState(value);
                connections = [.. _open];
            }

            // Aborted before they hear that their stall is over: nothing held back may slip out ahead of the reset.
            if (value is TcpFault.Reset)
            {
                Array.ForEach(connections, connection => connection.Abort());
            }

            before.EndNow();
        }
    }

    internal TimeProvider Clock { get; }

    internal FaultState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <param name="peer">Where connections lead to, usually on loopback.</param>
    /// <param name="clock">Measures latency and drip. Default: the system's.</param>
    public static TcpFaultProxy Start(EndPoint peer, TimeProvider? clock = null) => new(peer, clock ?? TimeProvider.System);

    /// <summary>In front of an HTTP peer.</summary>
    public static TcpFaultProxy Start(Uri peer) => Start(new IPEndPoint(IPAddress.Parse(peer.Host), peer.Port));

    /// <summary>The same URL through the proxy.</summary>
    public Uri Through(Uri peer) => new UriBuilder(peer) { Host = EndPoint.Address.ToString(), Port = EndPoint.Port }.Uri;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();

        // Before the listener stops: an accept that is cancelled ends quietly, one whose socket goes away under it does not.
        await _accepting;
        _listener.Stop();
        Task[] running;
        lock (_gate)
        {
            foreach (var connection in _open)
            {
                connection.Abort();
            }

            running = [.. _running];
        }

        await Task.WhenAll(running);
        _stopping.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                Track(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Track(Task serving)
    {
        lock (_gate)
        {
            _running.RemoveWhere(task => task.IsCompleted);
            _running.Add(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new FaultyConnection(this, client);
        bool reset;
        lock (_gate)
        {
            _open.Add(connection);
            reset = _state.Fault is TcpFault.Reset;
        }

        try
        {
            if (reset)
            {
                connection.Abort();
                return;
            }

            await connection.RunAsync(_peer, _stopping.Token);
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(connection);
            }
        }
    }
}
