using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Modules;

/// <summary>
/// <c>modules.index_put</c>: writes an index record into Qindex. Qindex adds a version on every put and honours no key, so the record's own key is
/// the natural key: it is looked up after an unknown outcome, and sent again only after proven absence.
/// </summary>
internal sealed class IndexPutOperation(ConnectorInvoker invoker) : IEffectOperation
{
    public const string KindName = "modules.index_put";

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public bool PreparesLocally => true;

    /// <inheritdoc/>
    public EffectRules RulesFor(Effect effect) => new()
    {
        Repeats = PeerIdempotency.Natural,
        AbsenceHorizon = invoker.Ask<IDeliversToModule, TimeSpan?>(effect.Tenant, effect.Connection, module => module.AbsenceHorizon).Value ?? invoker.AbsenceHorizon,
    };

    /// <inheritdoc/>
    public ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PrepareResult>(new PrepareResult.Ready(null));

    /// <inheritdoc/>
    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        var record = Read(effect);
        var receipt = await invoker.WriteAsync<IDeliversToModule, IndexReceipt>(
            WriteCall.Of(effect, "put_index_record"),
            (module, call, token) => module.PutIndexRecordAsync(record, call, token),
            cancellationToken);
        return receipt.IsSuccess ? Done(receipt.Value) : Evidence.OfWrite(receipt.Fault);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        var record = Read(effect);
        var found = await invoker.LookUpAsync<IDeliversToModule, Lookup<IndexReceipt>>(
            effect,
            "look_up_index_record",
            (module, call, token) => module.LookUpIndexRecordAsync(record, call, token),
            cancellationToken);
        return found.ToEvidence(Done);
    }

    /// <inheritdoc/>
    public void OnTransition(EffectChange change, IWriteSession session)
    {
        // The record lives in Qindex; the ledger's own event and audit entry say all there is to say here.
    }

    /// <inheritdoc/>
    public StoredAnswer Answer(Effect effect) =>
        new(200, "application/json", $"/v1/effects/{effect.Id}", effect.Result ?? "{}"u8.ToArray());

    private static IndexRecord Read(Effect effect) =>
        JsonSerializer.Deserialize(effect.Request.Span, ModulesJson.Default.IndexRecord)
        ?? throw new InvalidOperationException($"Effect {effect.Id} has no request.");

    private static Evidence Done(IndexReceipt receipt) => new Evidence.Done(Finality.Final)
    {
        Result = JsonSerializer.SerializeToUtf8Bytes(receipt, ModulesJson.Default.IndexReceipt),
        PeerReference = receipt.Key,
    };
}
