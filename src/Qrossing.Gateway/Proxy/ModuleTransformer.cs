using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Qrossing.Abstractions.Modules;
using Qrossing.Gateway.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Qrossing.Gateway.Proxy;

/// <summary>
/// What changes on the way through: the request is the one that the connection prepared, an error reply becomes a problem document. Success replies pass
/// unchanged. Hop-by-hop headers of replies are YARP's.
/// </summary>
internal sealed class ModuleTransformer(PreparedModuleRequest prepared) : HttpTransformer
{
    private const string CorsPrefix = "Access-Control-";

    // Said by the gateway about every answer of its origin, whatever a module says.
    private static readonly string[] Ours = [HeaderNames.XContentTypeOptions, "Referrer-Policy", RequestIds.Header];

    /// <inheritdoc/>
    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = prepared.Target;
        foreach (var (name, value) in prepared.Headers)
        {
            // A content header without content (a GET with a content type) has nothing to describe and is left out.
            if (!proxyRequest.Headers.TryAddWithoutValidation(name, value))
            {
                proxyRequest.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (proxyRequest.Content is { } content && httpContext.Request.ContentLength is { } length)
        {
            content.Headers.ContentLength = length;
        }

        ModuleHeaders.AddTrace(httpContext, proxyRequest.Headers);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
        {
            Reconcile(httpContext.Response.Headers, proxyResponse);
        }

        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null || (int)proxyResponse.StatusCode < StatusCodes.Status400BadRequest)
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

    // YARP adds a module's value to one that is there already. Of each header one party speaks: about the origin (cookies and CORS included) the gateway, about
    // the content the module.
    private static void Reconcile(IHeaderDictionary ours, HttpResponseMessage reply)
    {
        foreach (var name in Ours)
        {
            reply.Headers.Remove(name);
        }

        reply.Headers.Remove(HeaderNames.SetCookie);
        foreach (var name in reply.Headers.NonValidated.Select(static header => header.Key).ToList())
        {
            if (name.StartsWith(CorsPrefix, StringComparison.OrdinalIgnoreCase))
            {
                reply.Headers.Remove(name);
            }
            else if (!name.Equals(HeaderNames.Vary, StringComparison.OrdinalIgnoreCase))
            {
                ours.Remove(name);
            }
        }
    }
}
