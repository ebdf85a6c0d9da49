using System.Text.Json;
using Qrossing.Abstractions.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Http;

/// <summary>The slice of described HTTP APIs: list operations, call them. Reads are answered at once, everything else becomes an effect.</summary>
public sealed class Operations
{
    private readonly EffectLedger _ledger;
    private readonly OperationDirectory _directory;
    private readonly ConnectorInvoker _invoker;
    private readonly ConnectionGate _gate;

    internal Operations(EffectLedger ledger, OperationDirectory directory, ConnectorInvoker invoker, ConnectionGate gate)
    {
        (_ledger, _directory, _invoker, _gate) = (ledger, directory, invoker, gate);
    }

    /// <summary>A connection's operations by id. Refusals: <c>connections.*</c>.</summary>
    public Result<IReadOnlyList<OperationDescription>> List(RequestContext context, string connection)
    {
        if (_gate.Check<ICallsOperations>(context.Caller, connection) is { } closed)
        {
            return closed;
        }

        var known = _directory.List(context.Caller.Tenant, connection);
        return known.IsSuccess
            ? known.Value.Values.OrderBy(operation => operation.OperationId, StringComparer.Ordinal).ToList()
            : known.Refusal;
    }

    /// <summary>Calls an operation. Refusals: <c>connections.*</c>, <c>operations.*</c>, <c>idempotency.*</c>, and what the peer's fault of a read means.</summary>
    public async Task<Result<OperationOutcome>> CallAsync(RequestContext context, OperationDraft draft, CancellationToken cancellationToken)
    {
        var tenant = context.Caller.Tenant;
        if (_gate.Check<ICallsOperations>(context.Caller, draft.Connection) is { } closed)
        {
            return closed;
        }

        var known = _directory.List(tenant, draft.Connection);
        if (!known.IsSuccess)
        {
            return known.Refusal;
        }

        if (!known.Value.TryGetValue(draft.OperationId, out var operation))
        {
            return new Refusal(OperationErrors.NotFound, $"Connection '{draft.Connection}' has no operation '{draft.OperationId}'.");
        }

        var request = new OperationRequest { OperationId = draft.OperationId, Parameters = draft.Parameters, Body = draft.Body };
        if (Check(tenant, draft.Connection, request) is { } wrong)
        {
            return wrong;
        }

        return operation.ReadOnly
            ? await ReadAsync(tenant, draft.Connection, request, cancellationToken)
            : await SubmitAsync(context, draft, request, cancellationToken);
    }

    private Refusal? Check(TenantId tenant, string connection, OperationRequest request)
    {
        var checkedRequest = _invoker.Ask<ICallsOperations, IReadOnlyList<OperationViolation>>(tenant, connection, api => api.CheckOperation(request.ToCall()));
        if (!checkedRequest.IsSuccess)
        {
            return checkedRequest.Refusal;
        }

        return checkedRequest.Value.Count == 0 ? null : new Refusal(OperationErrors.RequestInvalid, $"The request does not fit operation '{request.OperationId}'.")
        {
            Errors = [.. checkedRequest.Value.Select(violation => new FieldError(violation.Pointer, "schema", violation.Message))],
        };
    }

    private async Task<Result<OperationOutcome>> ReadAsync(TenantId tenant, string connection, OperationRequest request, CancellationToken cancellationToken)
    {
        var reply = await _invoker.ReadAsync<ICallsOperations, OperationReply>(
            tenant,
            connection,
            "call_operation",
            (api, call, token) => api.CallOperationAsync(request.ToCall(), call, token),
            cancellationToken);
        return reply.IsSuccess
            ? new OperationOutcome(new RelayedReply(reply.Value.Status, reply.Value.ContentType, reply.Value.Body), null)
            : _gate.RefusalOf(reply.Fault, connection);
    }

    private async Task<Result<OperationOutcome>> SubmitAsync(RequestContext context, OperationDraft draft, OperationRequest request, CancellationToken cancellationToken)
    {
        var answer = await _ledger.SubmitAsync(
            new EffectSubmission
            {
                Context = context,
                Kind = HttpOperation.KindName,
                Connection = draft.Connection,
                Request = JsonSerializer.SerializeToUtf8Bytes(request, OperationJson.Default.OperationRequest),
                Fingerprint = draft.Fingerprint,
                IdempotencyKey = draft.IdempotencyKey,
                Wait = draft.Wait,
            },
            cancellationToken);
        return answer.IsSuccess ? new OperationOutcome(null, answer.Value) : answer.Refusal;
    }
}
