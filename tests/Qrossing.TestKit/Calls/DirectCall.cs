using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Calls;

/// <summary>Makes the calls a connector is tested with. One per test; its folder is the instance's directory.</summary>
public sealed class DirectCall : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(Handler());
    private readonly HttpClient _unreachable;
    private readonly TimeProvider _clock;
    private int _calls;

    /// <param name="folder">An existing folder for the instance's files.</param>
    /// <param name="clock">Default: the system's.</param>
    public DirectCall(string folder, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        Files = new DirectoryFiles(folder);
        var nowhere = Handler();
        nowhere.ConnectCallback = RefuseAsync;
        _unreachable = new HttpClient(nowhere);
    }

    /// <summary>The instance's files.</summary>
    public DirectoryFiles Files { get; }

    /// <summary>The secrets that references of the form <c>env:NAME</c> open, by name.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>A call of its own.</summary>
    /// <param name="idempotencyKey">The effect's id; the same for the attempts of one effect. Default: another one each time.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="recordedAt">For a lookup: when the effect was recorded. Default: before everything that the peer can have done.</param>
    public ConnectorCall Create(string? idempotencyKey = null, int attempt = 1, DateTimeOffset? recordedAt = null) => Create(_http, idempotencyKey, attempt, recordedAt);

    /// <summary>A call whose peer is not there: every connection is refused.</summary>
    public ConnectorCall CreateUnreachable() => Create(_unreachable, idempotencyKey: null, attempt: 1, recordedAt: null);

    public void Dispose()
    {
        _http.Dispose();
        _unreachable.Dispose();
    }

    private ConnectorCall Create(HttpClient http, string? idempotencyKey, int attempt, DateTimeOffset? recordedAt) => new()
    {
        Http = http,
        Egress = new LoopbackEgress(),
        Files = Files,
        Secrets = new NamedSecrets(Secrets),
        IdempotencyKey = idempotencyKey ?? $"call_{Interlocked.Increment(ref _calls)}",
        Attempt = attempt,
        RecordedAt = recordedAt ?? DateTimeOffset.UnixEpoch,
        SendBy = _clock.GetUtcNow() + Patience,
        Deadline = _clock.GetUtcNow() + Patience,
        Clock = _clock,
        Log = NullLogger.Instance,
    };

    /// <summary>As the host sets it: no redirects, no cookies, no proxy.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };

    private static async ValueTask<Stream> RefuseAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // A port that was just given back: nobody listens there, so the kernel refuses.
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
