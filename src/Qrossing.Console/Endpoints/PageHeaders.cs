using Microsoft.AspNetCore.Http;

namespace Qrossing.Console.Endpoints;

/// <summary>Headers of every answer of the console: nothing from elsewhere, no framing, nothing kept.</summary>
internal sealed class PageHeaders : IEndpointFilter
{
    private const string ContentPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store"; // what the form tokens ask for: another value they overwrite with a warning
        return next(context);
    }
}
