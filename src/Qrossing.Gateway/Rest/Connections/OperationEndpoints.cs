using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Access;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Http;
using Qrossing.Gateway.Rest.Effects;

namespace Qrossing.Gateway.Rest.Connections;

/// <summary><c>/v1/connections/{id}/operations</c>: the operations of a described HTTP API (connections of kind <c>http.openapi</c>).</summary>
internal sealed class OperationEndpoints(Operations operations) : IMapsEndpoints
{
    private const string Tag = "Operations";

    public void Map(RestRoutes routes)
    {
        routes.Get("/v1/connections/{id}/operations", new EndpointRule(Permissions.OperationsRead)
        {
            Text = new EndpointText("listOperations", Tag, "Lists the operations of a connection, each with the schema of what it takes.")
            {
                Response = typeof(ListView<OperationView>),
                ResponseExample = """{"data":[{"operationId":"createOrder","method":"POST","path":"/orders","readOnly":false,"repeats":"key","hasLookup":true,"parameters":{"type":"object"},"body":{"type":"object"}}]}""",
                Errors = [ConnectorErrors.NotFound, ConnectorErrors.CapabilityMissing, ConnectorErrors.Disabled],
            },
        }, ListAsync);
        routes.Post("/v1/connections/{id}/operations/{operationId}", new EndpointRule(Permissions.OperationsWrite, BodyKind.Json)
        {
            CausesEffect = true,
            Text = new EndpointText("callOperation", Tag, "Calls an operation: a read is answered at once, everything else is an effect.")
            {
                Request = typeof(OperationInput),
                RequestExample = """{"parameters":{},"body":{"sku":"A-1","quantity":2}}""",
                ResponseExample = """{"operationId":"createOrder","effectId":"eff_06f1m2v8d9w3x5z7a1b4c6d8e0","status":201,"contentType":"application/json","body":{"id":"1"}}""",
                Errors = [ConnectorErrors.NotFound, ConnectorErrors.CapabilityMissing, ConnectorErrors.Disabled, OperationErrors.NotFound, OperationErrors.RequestInvalid, EffectErrors.Failed],
            },
        }, CallAsync);
    }

    private Task<Answer> ListAsync(GatewayCall call) => Task.FromResult(Answer.From(
        operations.List(call.Context, call.Path("id")),
        list => Answer.Ok(new ListView<OperationView> { Data = [.. list.Select(OperationView.Of)] })));

    private async Task<Answer> CallAsync(GatewayCall call)
    {
        var bound = call.Bind<OperationInput>();
        if (!bound.IsSuccess)
        {
            return bound.Refusal;
        }

        var fingerprint = call.Fingerprint();
        if (!fingerprint.IsSuccess)
        {
            return fingerprint.Refusal;
        }

        var outcome = await operations.CallAsync(
            call.Context,
            new OperationDraft
            {
                Connection = call.Path("id"),
                OperationId = call.Path("operationId"),
                Parameters = bound.Value.Parameters,
                Body = bound.Value.Body,
                Fingerprint = fingerprint.Value,
                IdempotencyKey = call.IdempotencyKey,
                Wait = call.Wait,
            },
            call.Aborted);
        return outcome switch
        {
            { IsSuccess: false } => outcome.Refusal,
            { Value: { Effect: { } effect } } => EffectAnswers.Of(call, effect),
            { Value: { Reply: { } reply } } => Answer.Bytes(StatusCodes.Status200OK, "application/json", Write(call.Path("operationId"), reply)),
            _ => throw new InvalidOperationException("A call is answered by a reply or an effect."),
        };
    }

    private static ReadOnlyMemory<byte> Write(string operationId, RelayedReply reply)
    {
        var body = new ArrayBufferWriter<byte>(reply.Body.Length + 128);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("operationId", operationId);
            reply.WriteMembers(json);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
