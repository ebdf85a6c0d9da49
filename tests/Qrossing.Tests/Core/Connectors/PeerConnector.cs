using Qrossing.Abstractions.Connectors;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>A connector that does what a test tells it, over real HTTP.</summary>
[Connector("test.peer", Summary = "A peer of the tests.", Stability = Stability.Beta, Options = typeof(PeerOptions), Data = DataClass.Pseudonymous)]
internal sealed class PeerConnector(PeerOptions options) : IProbes
{
    public PeerOptions Options { get; } = options.Label == "throws" ? throw new InvalidOperationException("A mistake in a constructor.") : options;

    public async ValueTask<ConnectorResult<PeerHealth>> ProbeAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(HttpMethod.Get, "/health", call, cancellationToken);
        return reply.IsSuccess ? new PeerHealth { Peer = reply.Value } : reply.Fault;
    }

    /// <summary>One request without a body; the reply's text, or the fault that the status stands for.</summary>
    public async ValueTask<ConnectorResult<string>> SendAsync(HttpMethod method, string path, ConnectorCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Options.BaseUrl, path));
        var reply = await call.ExchangeAsync(request, cancellationToken);
        return !reply.IsSuccess ? reply.Fault
            : reply.Value.Status switch
            {
                200 => System.Text.Encoding.UTF8.GetString(reply.Value.Body),
                401 => Fault.Of(FaultKind.Unauthorized, "test.unauthorized"),
                429 => Fault.Of(FaultKind.RateLimited, "test.rate_limited") with { RetryAfter = reply.Value.RetryAfter(call.Clock) },
                503 => Fault.Of(FaultKind.Unavailable, "test.not_done"),
                < 400 => Fault.Of(FaultKind.Rejected, "test.redirected"),
                _ => Fault.Of(FaultKind.Indeterminate, "test.failed"),
            };
    }
}
