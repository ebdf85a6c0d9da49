using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;

namespace Qrossing.Gateway.Rest;

/// <summary>A request that passed the checks of its <see cref="EndpointRule"/>.</summary>
internal sealed class GatewayCall(HttpContext http, RequestContext context, JsonElement body, ReadOnlyMemory<byte> rawBody)
{
    /// <summary>The HTTP request and answer.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>Who asks.</summary>
    public RequestContext Context { get; } = context;

    /// <summary>The tenant it acts in.</summary>
    public TenantId Tenant => Context.Caller.Tenant;

    /// <summary>The JSON body; undefined without one.</summary>
    public JsonElement Body { get; } = body;

    /// <summary>The JSON body's bytes as received.</summary>
    public ReadOnlyMemory<byte> RawBody { get; } = rawBody;

    /// <summary>The caller's idempotency key; null without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the caller waits for an outcome.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A path parameter, percent-decoded.</summary>
    public string Path(string name) => Http.GetRouteValue(name) as string ?? string.Empty;

    /// <summary>A query parameter; null when it is absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
