using System.Text;
using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Receipts;
using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Rest.Effects;

/// <summary><c>/v1/receipts/{effect id}</c>: what happened, provable offline.</summary>
internal sealed class ReceiptEndpoints(ReceiptBuilder receipts) : IMapsEndpoints
{
    public void Map(RestRoutes routes) =>
        routes.Get("/v1/receipts/{id}", new EndpointRule(Permissions.EffectsRead)
        {
            Text = new EndpointText("getReceipt", "Effects", "The signed receipt of an effect: request digest, every transition with its evidence, events, deliveries and inclusion proofs.")
            {
                Description = "Waits at most one second for entries that are not in the transparency log yet. Asking later gives a larger receipt; earlier ones stay valid. docs/receipt.md has the exact bytes.",
                ResponseExample = """{"v":1,"issuedAt":"2026-01-31T12:00:01.000000Z","effect":{"id":"eff_06f1m2v8d9w3x5z7a1b4c6d8e0","outcome":"succeeded"},"attempts":[],"entries":[],"entriesPending":0,"events":[],"deliveries":[],"checkpoint":"qrossing/...","key":"..."}""",
                Errors = [AuditErrors.EffectNotFound, AuditErrors.NotIntegrated],
            },
        }, GetAsync);

    private async Task<Answer> GetAsync(GatewayCall call)
    {
        if (call.Id<EffectId>() is not { } id)
        {
            return new Refusal(AuditErrors.EffectNotFound, $"There is no effect '{call.Path("id")}'.");
        }

        var receipt = await receipts.BuildAsync(call.Context, id, call.Aborted);
        return Answer.From(receipt, json => Answer.Bytes(StatusCodes.Status200OK, "application/json", Encoding.UTF8.GetBytes(json.ToJsonString(GatewayJson.Wire.Options))));
    }
}
