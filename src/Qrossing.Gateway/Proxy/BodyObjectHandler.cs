namespace Qrossing.Gateway.Proxy;

/// <summary>
/// Gives every request that may change something a body, empty if need be: SocketsHttpHandler sends a body-less POST, PUT or DELETE again by itself when a
/// reused connection is cut, and has no switch (effects, One retry authority). And says of a connect that took too long what it is: nothing was sent.
/// </summary>
internal sealed class BodyObjectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly byte[] Nothing = [];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options)
        {
            request.Content = new ByteArrayContent(Nothing);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // The only time-out below this handler is that of the connect.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was not established in time.", late);
        }
    }
}
