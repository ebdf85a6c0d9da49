using System.Buffers;
using System.Text.Json;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Http;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Http;

/// <summary><c>http.operation</c>: a writing operation of a described HTTP API, repeated and looked up as its connection is configured to allow.</summary>
internal sealed class HttpOperation(ConnectorInvoker invoker, OperationDirectory operations) : IEffectOperation
{
    public const string KindName = "http.operation";

    // What is not described any more is protected by nothing.
    private static readonly EffectRules Unprotected = new() { Repeats = PeerIdempotency.None };

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public bool PreparesLocally => true;

    /// <inheritdoc/>
    public EffectRules RulesFor(Effect effect)
    {
        var known = operations.List(effect.Tenant, effect.Connection);
        return known.IsSuccess && known.Value.TryGetValue(Read(effect).OperationId, out var operation)
            ? new EffectRules { Repeats = operation.Repeats, RepeatWindow = operation.RepeatWindow, AbsenceHorizon = operation.AbsenceHorizon ?? invoker.AbsenceHorizon }
            : Unprotected;
    }

    // The recorded request names operation, parameters and body: together with the effect's id as key it is the exact call.
    /// <inheritdoc/>
    public ValueTask<PrepareResult> PrepareAsync(Effect effect, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PrepareResult>(new PrepareResult.Ready(null));

    /// <inheritdoc/>
    public async ValueTask<Evidence> SendAsync(Effect effect, CancellationToken cancellationToken)
    {
        var request = Read(effect).ToCall();
        var reply = await invoker.WriteAsync<ICallsOperations, OperationReply>(
            WriteCall.Of(effect, "call_operation"),
            (api, call, token) => api.CallOperationAsync(request, call, token),
            cancellationToken);
        return reply.IsSuccess ? Done(reply.Value) : Evidence.OfWrite(reply.Fault);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> LookUpAsync(Effect effect, CancellationToken cancellationToken)
    {
        var request = Read(effect).ToCall();
        var found = await invoker.LookUpAsync<ICallsOperations, Lookup<OperationReply>>(
            effect,
            "look_up_operation",
            (api, call, token) => api.LookUpOperationAsync(request, call, token),
            cancellationToken);
        return found.ToEvidence(Done);
    }

    /// <inheritdoc/>
    public void OnTransition(EffectChange change, IWriteSession session)
    {
        // The operation has no row of its own; the ledger's event and audit entry say all there is to say here.
    }

    /// <inheritdoc/>
    public StoredAnswer Answer(Effect effect)
    {
        var reply = RelayedReply.FromJson(effect.Result ?? throw new InvalidOperationException($"Effect {effect.Id} succeeded without a reply."));
        var body = new ArrayBufferWriter<byte>(reply.Body.Length + 256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("operationId", Read(effect).OperationId);
            json.WriteString("effectId", effect.Id.Text);
            reply.WriteMembers(json);
            json.WriteEndObject();
        }

        return new StoredAnswer(200, "application/json", $"/v1/effects/{effect.Id}", body.WrittenMemory);
    }

    private static OperationRequest Read(Effect effect) =>
        JsonSerializer.Deserialize(effect.Request.Span, OperationJson.Default.OperationRequest)
        ?? throw new InvalidOperationException($"Effect {effect.Id} has no request.");

    private static Evidence Done(OperationReply reply) => new Evidence.Done(Finality.Final)
    {
        Result = new RelayedReply(reply.Status, reply.ContentType, reply.Body).ToJson(),
    };
}
