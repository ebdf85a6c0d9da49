using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Audit.Integration;
using Qrossing.Core.Effects;
using Qrossing.Core.Errors;
using Qrossing.Core.Events;
using Qrossing.Core.Webhooks;
using Qrossing.Formats.Transparency;

namespace Qrossing.Core.Audit.Receipts;

/// <summary>
/// Makes receipts: what one effect was asked to do, by whom, what became of it and on which evidence, who was told, and the proof that all of it
/// stands in the transparency log. Exact bytes: docs/receipt.md.
/// </summary>
public sealed class ReceiptBuilder(
    IEffectStore effects,
    IEventStore events,
    ISubscriptionStore subscriptions,
    IAuditStore audit,
    AuditReader reader,
    AuditHead integrated,
    NoteSigner signer,
    TimeProvider clock)
{
    /// <summary>How long a receipt waits for entries that are not in the tree yet.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Rows are read one after the other; an effect that moves on meanwhile is read again, at most so often.</summary>
    private const int MostReadings = 5;

    /// <summary>
    /// The receipt as of now. Entries that are not in the tree within a second, or beyond the first thousand, are left out and counted: asking later gives a
    /// larger receipt, and the earlier one stays valid.
    /// </summary>
    /// <returns>The signed receipt; or <c>receipts.not_found</c>, <c>audit.not_integrated</c>.</returns>
    public async Task<Result<JsonObject>> BuildAsync(RequestContext context, EffectId id, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var (version, receipt) = await ReadAsync(context.Caller.Tenant, id, cancellationToken);
            if (!receipt.IsSuccess)
            {
                return receipt.Refusal;
            }

            if ((await effects.GetAsync(context.Caller.Tenant, id, cancellationToken))?.Version == version)
            {
                ReceiptSeal.Sign(receipt.Value, signer);
                return receipt.Value;
            }

            if (reading == MostReadings)
            {
                return new Refusal(AuditErrors.NotIntegrated, $"'{id.Text}' changes faster than it can be read.") { Effect = id, RetryAfter = LongestWait };
            }
        }
    }

    private async Task<(long Version, Result<JsonObject> Receipt)> ReadAsync(TenantId tenant, EffectId id, CancellationToken cancellationToken)
    {
        if (await effects.GetAsync(tenant, id, cancellationToken) is not { } effect)
        {
            return (0, new Refusal(AuditErrors.EffectNotFound, $"There is no effect '{id.Text}'."));
        }

        var records = await audit.ListBySubjectAsync(tenant, id.Text, cancellationToken);
        var recorded = await audit.CountBySubjectAsync(tenant, id.Text, cancellationToken);
        if (records.Count > 0)
        {
            await WaitForAsync(records[^1].Leaf, cancellationToken);
        }

        var tree = await audit.GetTreeAsync(cancellationToken);
        var proofs = await reader.ProveAsync(tree, records, cancellationToken);
        if (proofs.Count == 0)
        {
            return (0, new Refusal(AuditErrors.NotIntegrated, $"Nothing about '{id.Text}' is in the transparency log yet.")
            {
                Effect = id,
                RetryAfter = LongestWait,
            });
        }

        var attempts = await effects.ListAttemptsAsync(tenant, id, cancellationToken);
        var told = await events.ReadByEffectAsync(tenant, id, cancellationToken);
        var deliveries = await subscriptions.ListDeliveriesOfAsync(tenant, [.. told.Select(item => item.Position)], cancellationToken);
        var receipt = new JsonObject
        {
            ["v"] = 1,
            ["issuedAt"] = AuditEntry.Text(clock.GetUtcNow()),
            ["effect"] = ReceiptParts.Effect(effect),
            ["attempts"] = Array(attempts.Select(ReceiptParts.Attempt)),
            ["entries"] = Array(proofs.Select(ReceiptParts.Entry)),
            ["entriesPending"] = (int)(recorded - proofs.Count),
            ["events"] = Array(told.Select(item => JsonNode.Parse(CloudEventWriter.ToBytes(item))!)),
            ["deliveries"] = Array(deliveries.Select(ReceiptParts.Delivery)),
            ["checkpoint"] = tree.Checkpoint,
            ["key"] = signer.VerifierKey.ToString(),
        };
        return (effect.Version, receipt);
    }

    private async Task WaitForAsync(long leaf, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await integrated.WaitForAsync(leaf, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The receipt is made of what there is.
        }
    }

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);
}
