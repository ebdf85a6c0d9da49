namespace Qrossing.Abstractions.Connectors;

/// <summary>Sends a request to the peer and turns what the network does into faults, so that no connector writes it again.</summary>
public static class ConnectorHttp
{
    /// <summary>The most bytes of a reply that are read into memory. 8 MiB.</summary>
    public const int MaxReplyBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Sends and reads the whole reply. Faults: <see cref="FaultKind.Unavailable"/> when no byte can have reached the peer,
    /// <see cref="FaultKind.Indeterminate"/> for a cut connection, a time-out after the first byte or a reply that is too long.
    /// A reply of any status is a success here: its meaning is the connector's fault table.
    /// </summary>
    public static async ValueTask<ConnectorResult<PeerReply>> ExchangeAsync(this ConnectorCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await call.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            return body is null
                ? Fault.Of(FaultKind.Indeterminate, "peer.reply_too_large")
                : new PeerReply(response, body);
        }
        catch (HttpRequestException failure)
        {
            return FaultOf(failure);
        }
        catch (PeerNotCalledException refusal)
        {
            return refusal.Fault;
        }
        catch (OperationCanceledException)
        {
            return Fault.Of(FaultKind.Indeterminate, "peer.timeout");
        }
        catch (IOException failure)
        {
            return Fault.Of(FaultKind.Indeterminate, "peer.connection_lost", failure.Message);
        }
    }

    /// <summary>What a failure of the HTTP client says about the question whether the request can have arrived.</summary>
    public static Fault FaultOf(HttpRequestException failure) => failure switch
    {
        { InnerException: PeerNotCalledException refusal } => refusal.Fault,
        { HttpRequestError: HttpRequestError.NameResolutionError } => Fault.Of(FaultKind.Unavailable, "peer.name_unresolved", failure.Message),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => Fault.Of(FaultKind.Unavailable, "peer.tls_failed", failure.Message),
        { HttpRequestError: HttpRequestError.ConnectionError } => Fault.Of(FaultKind.Unavailable, "peer.unreachable", failure.Message),
        _ => Fault.Of(FaultKind.Indeterminate, "peer.connection_lost", failure.Message),
    };

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaxReplyBytes)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxReplyBytes)
            {
                return null;
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return buffer.ToArray();
    }
}
