using System.Collections.Frozen;
using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Qrossing.Gateway.Observability;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Proxy;

/// <summary>Which headers of a caller go on to a module: the end-to-end ones, never a credential.</summary>
internal static class ModuleHeaders
{
    // RFC 9110 section 7.6.1, and what means this hop or this gateway only.
    private static readonly FrozenSet<string> Kept = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Host", "Content-Length", "Expect", "Authorization", "X-Api-Key", "Cookie", "Idempotency-Key", "Prefer", "traceparent", "tracestate", RequestIds.Header,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers.</summary>
    public static IReadOnlyDictionary<string, string> EndToEnd(HttpContext http)
    {
        var named = NamedBy(http.Request.Headers.Connection);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in http.Request.Headers)
        {
            if (!Kept.Contains(name) && !named.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                headers[name] = value.ToString();
            }
        }

        return headers;
    }

    /// <summary>The request's id and its place in the trace: the gateway's span where there is one, else what the caller sent.</summary>
    public static void AddTrace(HttpContext http, HttpRequestHeaders headers)
    {
        headers.Remove(RequestIds.Header);
        headers.TryAddWithoutValidation(RequestIds.Header, RequestIds.Of(http));
        var (parent, state) = GatewayTelemetry.TraceParent is { } own
            ? (own, Activity.Current?.TraceStateString)
            : (http.Request.Headers.TraceParent.ToString(), http.Request.Headers.TraceState.ToString());
        if (!ActivityContext.TryParse(parent, state, out _))
        {
            return;
        }

        headers.TryAddWithoutValidation("traceparent", parent);
        if (!string.IsNullOrEmpty(state))
        {
            headers.TryAddWithoutValidation("tracestate", state);
        }
    }

    /// <summary>The headers that a Connection header names: they mean this hop only. Beside close, keep-alive or upgrade the server shows us none of them.</summary>
    public static string[] NamedBy(StringValues connection) => connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
