using Microsoft.AspNetCore.Http;
using Qrossing.Gateway.Reference;

namespace Qrossing.Gateway.Problems;

/// <summary>What every answer carries.</summary>
internal sealed class SecureHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store"; // an endpoint whose answer may be kept says so
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Path.StartsWithSegments(ReferencePage.Root))
        {
            headers.ContentSecurityPolicy = ReferencePage.Policy;
        }

        return next(context);
    }
}
