using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Connectors.Http.OpenApi.Document;
using Qrossing.Connectors.Wire;

namespace Qrossing.Connectors.Http.OpenApi;

/// <summary>The API's statuses as faults; the table is in the README.</summary>
internal static class OpenApiFaults
{
    public static readonly Fault UnknownOperation = Fault.Of(FaultKind.Invalid, "openapi.unknown_operation");

    public static readonly Fault RequestInvalid = Fault.Of(FaultKind.Invalid, "openapi.request_invalid");

    public static readonly Fault Unhealthy = Fault.Of(FaultKind.Unavailable, "openapi.unhealthy");

    /// <summary>The secret cannot stand where it is to be sent (a line break, a character outside ASCII).</summary>
    public static readonly Fault CredentialUnusable = Fault.Of(FaultKind.Unavailable, "openapi.credential_unusable");

    /// <summary>What the reply means, without the secrets that the API may have echoed; null when it is a success that can be read.</summary>
    public static Fault? Judge(OperationPlan plan, ApiExchange exchange, TimeProvider clock) =>
        Judge(plan, exchange.Reply, clock) is { } fault ? WithoutSecrets(fault, exchange.Secrets) : null;

    private static Fault? Judge(OperationPlan plan, PeerReply reply, TimeProvider clock)
    {
        var options = plan.Options;
        if (options.Pending.Contains(reply.Status))
        {
            return Of(FaultKind.Indeterminate, "openapi.pending", reply, clock);
        }

        if (options.NotDone.Contains(reply.Status))
        {
            return reply.Status is 429 or 503
                ? Of(FaultKind.RateLimited, "openapi.try_later", reply, clock)
                : Of(FaultKind.Rejected, "openapi.not_done", reply, clock);
        }

        if (options.Success.Count > 0 ? options.Success.Contains(reply.Status) : reply.IsSuccess)
        {
            return IsReadable(plan.Operation, reply) ? null : Of(FaultKind.Indeterminate, "openapi.reply_unreadable", reply, clock);
        }

        if (reply.IsSuccess)
        {
            return Of(FaultKind.Indeterminate, "openapi.status_unexpected", reply, clock);
        }

        var kind = StatusMeaning.KindOf(reply.Status);
        return Of(kind, CodeOf(kind), reply, clock);
    }

    private static Fault WithoutSecrets(Fault fault, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
        {
            fault = fault with
            {
                PeerText = fault.PeerText?.Replace(secret, "***", StringComparison.Ordinal),
                PeerCode = fault.PeerCode?.Replace(secret, "***", StringComparison.Ordinal),
                PeerRequestId = fault.PeerRequestId?.Replace(secret, "***", StringComparison.Ordinal),
            };
        }

        return fault;
    }

    /// <summary>A success that claims to be JSON, or that can be nothing else by the document, must be JSON. An empty one claims nothing.</summary>
    private static bool IsReadable(ApiOperation operation, PeerReply reply)
    {
        if (reply.Body.Length == 0 || !(operation.RepliesJson || DocumentReader.IsJson(reply.ContentType)))
        {
            return true;
        }

        return Parse(reply.Body).ValueKind != JsonValueKind.Undefined;
    }

    private static Fault Of(FaultKind kind, string code, PeerReply reply, TimeProvider clock)
    {
        var body = Parse(reply.Body);
        return new Fault
        {
            Kind = kind,
            Code = code,
            RetryAfter = reply.RetryAfter(clock),
            PeerCode = DocumentReader.Text(body, "code") ?? reply.Status.ToString(),
            PeerText = DocumentReader.Text(body, "detail") ?? DocumentReader.Text(body, "message") ?? DocumentReader.Text(body, "title"),
            PeerRequestId = reply.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.FirstOrDefault() : null,
        };
    }

    /// <summary>The body as JSON; undefined when it is none.</summary>
    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string CodeOf(FaultKind kind) => kind switch
    {
        FaultKind.Invalid => "openapi.refused_as_invalid",
        FaultKind.Unauthorized => "openapi.unauthorized",
        FaultKind.NotFound => "openapi.not_found",
        FaultKind.RateLimited => "openapi.rate_limited",
        FaultKind.Rejected => "openapi.rejected",
        _ => "openapi.outcome_unknown",
    };
}
