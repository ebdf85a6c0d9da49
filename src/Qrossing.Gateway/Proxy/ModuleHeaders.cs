using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Proxy;

/// <summary>Which headers of a caller go on to a module inside an effect: the end-to-end ones, never a credential.</summary>
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
        return http.Request.Headers
            .Where(header => !Kept.Contains(header.Key) && !named.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The headers that a Connection header names: they mean this hop only. Beside close, keep-alive or upgrade the server shows us none of them.</summary>
    public static string[] NamedBy(StringValues connection) => connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
