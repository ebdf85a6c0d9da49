namespace Qrossing.Core.Access;

/// <summary>The request a slice works for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="RequestId">Its <c>X-Request-Id</c>.</param>
/// <param name="TraceParent">W3C traceparent; null without tracing.</param>
public sealed record RequestContext(Caller Caller, string RequestId, string? TraceParent);
