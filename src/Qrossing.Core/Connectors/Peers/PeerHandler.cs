using System.Diagnostics;
using System.Net;

namespace Qrossing.Core.Connectors.Peers;

/// <summary>
/// The handler of one attempt, over the instance's shared sockets. Never disposed: it owns nothing.
/// </summary>
internal sealed class PeerHandler : DelegatingHandler
{
    private const string UserAgent = "qrossing";
    private readonly CallEvidence _evidence;

    /// <summary>Makes the handler.</summary>
    /// <param name="sockets">The instance's connections.</param>
    /// <param name="evidence">Where the attempt's first byte is noted.</param>
    public PeerHandler(SocketsHttpHandler sockets, CallEvidence evidence)
        : base(sockets) => _evidence = evidence;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // One request, one connection, one flow: what RequestScope relies on. HTTP/2 writes from a loop of the connection's own.
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent })
        {
            request.Headers.Remove("traceparent");
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        if (request.Headers.UserAgent.Count == 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        }

        if (IsSafe(request.Method))
        {
            RequestScope.Current = null;
            return await base.SendAsync(request, cancellationToken);
        }

        // SocketsHttpHandler sends a body-less POST, PUT or DELETE again by itself when a reused connection is cut, and has no switch:
        // a body object, empty if need be, tells it that the request may have been read.
        request.Content ??= new ByteArrayContent([]);
        RequestScope.Current = new RequestScope(_evidence);
        return await base.SendAsync(request, cancellationToken);
    }

    private static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options || method == HttpMethod.Trace;
}
