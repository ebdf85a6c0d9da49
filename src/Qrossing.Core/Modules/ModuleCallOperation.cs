using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Modules;

/// <summary>
/// <c>modules.call</c>: a caller's own request to a module, carried once. No module honours an idempotency key, so the machine never repeats it; after an
/// unknown outcome it asks the module's lookup twin where there is one.
/// </summary>
internal sealed class ModuleCallOperation(ConnectorInvoker invoker) : IEffectOperation
{
    public const string KindName = "modules.call";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public bool PreparesLocally => true;

    /// <inheritdoc/>
    public EffectRules RulesFor(Effect effect) => new()
    {
        Repeats = PeerIdempotency.None,
        AbsenceHorizon = invoker.Ask<ICallsModules, TimeSpan?>(effect.Tenant, effect.Connection, module => module.AbsenceHorizon).Value ?? invoker.AbsenceHorizon,
    };

    /// <inheritdoc/>
    public ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PrepareResult>(new PrepareResult.Ready(null));

    /// <inheritdoc/>
    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        var request = Read(effect);
        var reply = await invoker.WriteAsync<ICallsModules, ModuleReply>(
            WriteCall.Of(effect, "call_module"),
            (module, call, token) => module.CallModuleAsync(request, call, token),
            cancellationToken);
        return reply.IsSuccess ? Done(reply.Value) : Refused(reply.Fault);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        var request = Read(effect);
        var found = await invoker.LookUpAsync<ICallsModules, Lookup<ModuleReply>>(
            effect,
            "look_up_module_call",
            (module, call, token) => module.LookUpModuleCallAsync(request, call, token),
            cancellationToken);
        return found.ToEvidence(Done);
    }

    /// <inheritdoc/>
    public void OnTransition(EffectChange change, IWriteSession session)
    {
        // The change lives in the module; the ledger's own event and audit entry say all there is to say here.
    }

    // The module's own answer: a proxied caller sees the same with and without an idempotency key.
    /// <inheritdoc/>
    public StoredAnswer Answer(Effect effect)
    {
        var reply = RelayedReply.FromJson(effect.Result ?? throw new InvalidOperationException($"Effect {effect.Id} succeeded without a reply."));
        return new StoredAnswer(reply.Status, reply.ContentType ?? "application/octet-stream", $"/v1/effects/{effect.Id}", reply.Body);
    }

    /// <inheritdoc/>
    public Refusal? RefusalOf(Effect effect) =>
        effect.Result is { } result && RelayedReply.FromJson(result) is var reply ? ModuleRefusal.Of(reply.Status, reply.Body) : null;

    private static Evidence Refused(Fault fault) =>
        Evidence.OfWrite(fault) is Evidence.DidNotHappen refused && fault.Reply is { } reply
            ? refused with { Result = new RelayedReply(reply.Status, reply.ContentType, reply.Body.Length > ModuleRefusal.MaxReply ? [] : reply.Body).ToJson() }
            : Evidence.OfWrite(fault);

    private static ModuleRequest Read(Effect effect) =>
        JsonSerializer.Deserialize(effect.Request.Span, ModulesJson.Default.ModuleRequest)
        ?? throw new InvalidOperationException($"Effect {effect.Id} has no request.");

    private static Evidence Done(ModuleReply reply) => new Evidence.Done(Finality.Final)
    {
        Result = new RelayedReply(reply.Status, reply.ContentType, reply.Body).ToJson(),
    };
}
