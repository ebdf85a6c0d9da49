using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Problems;

/// <summary>Answers a request with a problem document.</summary>
internal static class ProblemWriter
{
    /// <summary>Writes the refusal; nothing happens when the response has already started.</summary>
    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort(); // half an answer must not look like a whole one
            return;
        }

        var keptAllow = response.Headers.Allow;
        response.StatusCode = refusal.Error.Status;
        response.ContentType = ProblemDocument.ContentType;
        response.Headers.CacheControl = "no-store";
        if (keptAllow.Count > 0)
        {
            response.Headers.Allow = keptAllow;
        }

        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        var body = ProblemDocument.Write(refusal, context.Request.Path.Value ?? "/", TraceIdOf(context));
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The W3C trace id when the request is traced, its request id otherwise.</summary>
    public static string TraceIdOf(HttpContext context) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : RequestIds.Of(context);
}
