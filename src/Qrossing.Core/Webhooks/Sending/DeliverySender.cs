using System.Globalization;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Sends the heads of one track until one fails, and notes what became of each. Stores nothing.</summary>
internal sealed class DeliverySender(IEventStore events, IDeliveryTransport transport, DeliveryRetryPolicy policy, TimeProvider clock)
{
    /// <summary>A long track lets the others of its lane have a turn.</summary>
    private const int MaxPerTurn = 32;

    /// <summary>1. the event; 2. signed request; 3. post; 4. what the answer means.</summary>
    /// <param name="endpoint">Where to, and the live secrets.</param>
    /// <param name="track">What waits.</param>
    /// <param name="round">Takes what the endpoint shows.</param>
    /// <param name="stopping">No new attempt begins after it.</param>
    /// <param name="abort">Ends attempts under way; they stay due.</param>
    public async Task SendAsync(DeliveryEndpoint endpoint, DeliveryTrack track, DeliveryRound round, CancellationToken stopping, CancellationToken abort)
    {
        for (var turn = 0; turn < MaxPerTurn && track.Count > 0 && !round.IsOver && !stopping.IsCancellationRequested; turn++)
        {
            var (delivery, logEvent) = track.Head;
            if ((logEvent ?? await FindEventAsync(delivery, abort)) is not { } found)
            {
                round.GiveUp(End(track, delivery, DeliveryStatus.Dead, null, DeliveryReasons.EventGone));
                continue;
            }

            DeliveryReply reply;
            try
            {
                reply = await PostAsync(endpoint, delivery, found, abort);
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                return; // still due: whoever starts next sends it again under the same id
            }

            if (!Apply(track, round, reply))
            {
                return;
            }
        }
    }

    /// <summary>Whether the track may go on with its next delivery.</summary>
    private bool Apply(DeliveryTrack track, DeliveryRound round, DeliveryReply reply)
    {
        var now = clock.GetUtcNow();
        var before = track.Head.Delivery;
        var delivery = before with
        {
            Attempts = before.Attempts + 1,
            Tries = before.Tries + 1,
            TriedSince = before.TriedSince ?? now,
            ResponseStatus = reply.Status,
        };
        if (reply.IsSuccess)
        {
            End(track, delivery, DeliveryStatus.Delivered, reply.Status, null);
            round.Succeed();
            return true;
        }

        round.Fail(now);
        var reason = DeliveryReasons.Of(reply);
        if (reply.Status == 410)
        {
            // The endpoint wants no more. The delivery stays due, should somebody enable the subscription again.
            track.Postpone(delivery with { NextAttemptAt = now, Reason = reason, UpdatedAt = now });
            round.Gone();
            return false;
        }

        if (policy.IsOver(delivery.TriedSince ?? now, now))
        {
            round.GiveUp(End(track, delivery, DeliveryStatus.Dead, reply.Status, reason));
            return true;
        }

        track.Postpone(delivery with { NextAttemptAt = now + policy.Delay(delivery.Tries, reply.RetryAfter), Reason = reason, UpdatedAt = now });
        return false;
    }

    private Delivery End(DeliveryTrack track, Delivery delivery, DeliveryStatus status, int? response, string? reason)
    {
        var ended = delivery with
        {
            Status = status,
            NextAttemptAt = null,
            ResponseStatus = response,
            Reason = reason,
            UpdatedAt = clock.GetUtcNow(),
        };
        track.End(ended);
        return ended;
    }

    private async ValueTask<LogEvent?> FindEventAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var found = await events.ReadAsync(delivery.Tenant, delivery.Position - 1, 1, EventFilter.All, cancellationToken);
        return found.Count == 1 && found[0].Position == delivery.Position ? found[0] : null;
    }

    private async ValueTask<DeliveryReply> PostAsync(DeliveryEndpoint endpoint, Delivery delivery, LogEvent logEvent, CancellationToken cancellationToken)
    {
        var body = CloudEventWriter.ToBytes(logEvent);
        var now = clock.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds();
        using var attempt = DeliveryTelemetry.Start(delivery, logEvent);
        List<KeyValuePair<string, string>> headers =
        [
            new("Content-Type", CloudEventNames.Structured + "; charset=utf-8"),
            new("webhook-id", delivery.Id.Text),
            new("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture)),
            new("webhook-signature", WebhookSecret.Sign(endpoint.SecretsAt(now), delivery.Id.Text, timestamp, body)),
        ];
        if (attempt.TraceParent is { } traceParent)
        {
            headers.Add(new("traceparent", traceParent));
        }

        CrashPoint.Hit(DeliveryCrashPoints.BeforeSend);
        var reply = await transport.PostAsync(endpoint.Url, headers, body, cancellationToken);
        CrashPoint.Hit(DeliveryCrashPoints.AfterSend);
        attempt.Ended(reply);
        return reply;
    }
}
