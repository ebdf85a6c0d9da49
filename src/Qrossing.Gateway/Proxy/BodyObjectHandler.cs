namespace Qrossing.Gateway.Proxy;

/// <summary>
/// Gives every request that may change something a body, empty if need be: SocketsHttpHandler sends a body-less POST, PUT or DELETE again by itself when a
/// reused connection is cut, and has no switch (effects, One retry authority).
/// </summary>
internal sealed class BodyObjectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly byte[] Nothing = [];

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options)
        {
            request.Content = new ByteArrayContent(Nothing);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
