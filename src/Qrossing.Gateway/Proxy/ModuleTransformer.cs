using Microsoft.AspNetCore.Http;
using Qrossing.Gateway.Observability;
using Qrossing.Gateway.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Qrossing.Gateway.Proxy;

/// <summary>
/// What changes on the way through: the caller's credentials stay here, the module gets the standard headers, an error reply becomes a problem document.
/// Success replies pass unchanged. Hop-by-hop headers are YARP's.
/// </summary>
internal sealed class ModuleTransformer : HttpTransformer
{
    private const string ApiVersion = "x-api-version";
    private const string CorrelationId = "x-correlation-id";

    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var path = RestOf(httpContext.Request.Path);
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, path, httpContext.Request.QueryString);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        headers.Remove("Authorization");
        headers.Remove("X-Api-Key");
        headers.Remove("Cookie");
        headers.Remove("Idempotency-Key"); // no module honours one; with a key the request would be an effect and not be here
        headers.Remove("traceparent");
        headers.Remove("tracestate");
        if (!headers.Contains(ApiVersion))
        {
            headers.TryAddWithoutValidation(ApiVersion, "v1");
        }

        var requestId = RequestIds.Of(httpContext);
        if (!headers.Contains(CorrelationId))
        {
            headers.TryAddWithoutValidation(CorrelationId, requestId);
        }

        headers.Remove(RequestIds.Header);
        headers.TryAddWithoutValidation(RequestIds.Header, requestId);
        if (GatewayTelemetry.TraceParent is { } traceParent)
        {
            headers.TryAddWithoutValidation("traceparent", traceParent);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var requestId = httpContext.Response.Headers[RequestIds.Header];
        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers[RequestIds.Header] = requestId; // ours, also when the module sets one
        httpContext.Response.Headers.Remove("Set-Cookie"); // a module's cookie would be one of the gateway's origin
        if (proxyResponse is null
            || ((int)proxyResponse.StatusCode < StatusCodes.Status400BadRequest && !ModuleRejection.MayHaveHappened(httpContext.Request.Method, (int)proxyResponse.StatusCode)))
        {
            return copies;
        }

        await ModuleRejection.WriteAsync(httpContext, proxyResponse, cancellationToken);
        return false;
    }

    /// <summary>The path behind <c>/m/{module}</c>.</summary>
    public static PathString RestOf(PathString path)
    {
        var text = path.Value!;
        var slash = text.IndexOf('/', ModuleTarget.Root.Value!.Length + 1);
        return slash < 0 ? PathString.Empty : new PathString(text[slash..]);
    }
}
