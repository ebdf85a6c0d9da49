using System.Text.Json;
using Qrossing.Abstractions.Modules;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;

namespace Qrossing.Core.Modules;

/// <summary>Carries a caller's request to a module as an effect: recorded, replayed for the same idempotency key, looked up where the module can say.</summary>
public sealed class ModuleCalls
{
    private readonly EffectLedger _ledger;
    private readonly ConnectionGate _gate;

    internal ModuleCalls(EffectLedger ledger, ConnectionGate gate)
    {
        (_ledger, _gate) = (ledger, gate);
    }

    /// <summary>Records the effect. Refusals: <c>connections.*</c>, <c>idempotency.*</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="connection">The module's connection.</param>
    /// <param name="request">What to send.</param>
    /// <param name="fingerprint">The request's fingerprint.</param>
    /// <param name="idempotencyKey">The caller's key.</param>
    /// <param name="wait">How long the caller waits for the outcome.</param>
    /// <param name="cancellationToken">Ends the wait; the effect goes on.</param>
    public async Task<Result<EffectAnswer>> CallAsync(
        RequestContext context, string connection, ModuleRequest request, string fingerprint, string idempotencyKey, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (_gate.Check<ICallsModules>(context.Caller, connection) is { } closed)
        {
            return closed;
        }

        return await _ledger.SubmitAsync(
            new EffectSubmission
            {
                Context = context,
                Kind = ModuleCallOperation.KindName,
                Connection = connection,
                Request = JsonSerializer.SerializeToUtf8Bytes(request, ModulesJson.Default.ModuleRequest),
                Fingerprint = fingerprint,
                IdempotencyKey = idempotencyKey,
                Wait = wait,
            },
            cancellationToken);
    }
}
