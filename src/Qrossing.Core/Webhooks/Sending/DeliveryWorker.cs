using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Events;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Webhooks.Sending;

/// <summary>Keeps one lane running for every active subscription. Lanes share nothing but the database: a slow endpoint holds up only itself.</summary>
public sealed class DeliveryWorker : BackgroundService
{
    private readonly ISubscriptionStore _store;
    private readonly SubscriptionSignal _signal;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly DeliveryEngine _engine;
    private readonly ConcurrentDictionary<SubscriptionId, (DeliveryLane Lane, Task Run)> _lanes = [];

    /// <summary>Made by the host.</summary>
    public DeliveryWorker(
        IWriter writer,
        ISubscriptionStore store,
        IEventStore events,
        LogHead head,
        GatewayEvents gatewayEvents,
        IWebhookSecrets secrets,
        IDeliveryTransport transport,
        SubscriptionSignal signal,
        WebhookOptions options,
        TimeProvider clock,
        ILogger<DeliveryWorker> log)
    {
        _store = store;
        _signal = signal;
        _options = options;
        _clock = clock;
        var policy = new DeliveryRetryPolicy(options, Jitter);
        _engine = new DeliveryEngine(writer, store, events, head, gatewayEvents, secrets, transport, policy, options, clock, log);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock);
        _signal.Raised += Refresh;
        await using var grace = stoppingToken.Register(() => abort.CancelAfter(_options.StopGrace));
        try
        {
            foreach (var subscription in await _store.ListActiveAsync(stoppingToken))
            {
                Start(subscription.Tenant, subscription.Id, stoppingToken, abort.Token);
            }

            while (true)
            {
                foreach (var (tenant, id) in await _signal.TakeAsync(stoppingToken))
                {
                    if (!_lanes.TryGetValue(id, out var running) || !running.Lane.TryRefresh())
                    {
                        Start(tenant, id, stoppingToken, abort.Token);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Lanes end by themselves: below.
        }

        _signal.Raised -= Refresh;
        await Task.WhenAll(_lanes.Values.Select(lane => lane.Run));
    }

    private void Refresh(SubscriptionId id)
    {
        if (_lanes.TryGetValue(id, out var running))
        {
            _ = running.Lane.TryRefresh(); // one that has ended is started anew when the signal is taken
        }
    }

    private void Start(TenantId tenant, SubscriptionId id, CancellationToken stopping, CancellationToken abort)
    {
        var lane = new DeliveryLane(_engine, tenant, id);
        _lanes[id] = (lane, Task.Run(() => lane.RunAsync(stopping, abort), CancellationToken.None));
    }

    private static double Jitter() => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000.0;
}
