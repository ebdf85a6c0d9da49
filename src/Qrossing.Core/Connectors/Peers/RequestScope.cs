namespace Qrossing.Core.Connectors.Peers;

/// <summary>
/// One HTTP request that may change the peer, from the handler down to the socket. It flows with the request, so that the stream of a
/// pooled connection knows for whom it writes; connects and TLS handshakes happen below that stream and are not seen.
/// </summary>
internal sealed class RequestScope(CallEvidence evidence)
{
    private static readonly AsyncLocal<RequestScope?> Flowing = new();
    private bool _begun;

    /// <summary>The request that this flow sends; null for reads.</summary>
    public static RequestScope? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Called by the stream immediately before each write; the first one asks.</summary>
    public void BeforeWrite()
    {
        if (!_begun)
        {
            evidence.BeginRequest();
            _begun = true;
        }
    }
}
