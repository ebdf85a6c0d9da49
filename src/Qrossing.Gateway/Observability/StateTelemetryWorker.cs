using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Effects;
using Qrossing.Core.Webhooks;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Rest.Connections;

namespace Qrossing.Gateway.Observability;

/// <summary>How the database stands, as gauges: what is not at rest, what is overdue, what was not delivered, what is not in the transparency log yet.</summary>
internal sealed class StateTelemetryWorker : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // Prometheus gives a scrape ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IEffectStore _effects;
    private readonly ISubscriptionStore _subscriptions;
    private readonly IAuditStore _audit;
    private readonly ConnectionDirectory _connections;
    private readonly TimeProvider _clock;
    private readonly ILogger<StateTelemetryWorker> _log;
    private readonly Meter _meter = new("Qrossing.State");
    private readonly SemaphoreSlim _refresh = new(1);
    private State? _state;

    public StateTelemetryWorker(
        IEffectStore effects, ISubscriptionStore subscriptions, IAuditStore audit, ConnectionDirectory connections, TimeProvider clock, ILogger<StateTelemetryWorker> log)
    {
        (_effects, _subscriptions, _audit, _connections, _clock, _log) = (effects, subscriptions, audit, connections, clock, log);
        _meter.CreateObservableGauge("qrossing.effects.open", Open, "{effect}", "Effects that are not at rest, by phase.");
        Gauge("qrossing.effects.unknown.oldest.age", "s", "Age of the oldest effect whose outcome is unknown; 0 without one.", static state => state.OldestUnknown);
        Gauge("qrossing.effects.overdue", "s", "How long the most overdue action of an effect is overdue; 0 when none is.", static state => state.MostOverdue);
        Gauge("qrossing.deliveries.waiting", "{delivery}", "Deliveries that wait to be sent.", static state => state.Deliveries.Waiting);
        Gauge("qrossing.deliveries.dead", "{delivery}", "Deliveries that were given up.", static state => state.Deliveries.Dead);
        Gauge("qrossing.deliveries.lag", "{event}", "Largest distance between the log and the position of a subscription.", static state => state.Deliveries.LargestLag);
        Gauge("qrossing.audit.lag", "{entry}", "Audit entries that are not in the transparency log yet.", static state => state.AuditLag);
        Gauge("qrossing.state.age", "s", "How old the figures of the database's state are: they stand still while it does not answer.", state => (_clock.GetUtcNow() - state.Time).TotalSeconds);
        _meter.CreateObservableGauge("qrossing.connections", Connections, "{connection}", "Connections by how they stand.");
    }

    /// <summary>For a scrape: reads the state when it is older than a second. While the database does not answer the last state stays, with its age.</summary>
    public async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await RefreshAsync(either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            HttpLog.StateNotRead(_log, failure);
        }
    }

    /// <summary>Reads the state when it is older than a second.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            var now = _clock.GetUtcNow();
            if (_state is { } known && now - known.Time < Fresh)
            {
                return;
            }

            var effects = await _effects.TotalsAsync(now, cancellationToken);
            var deliveries = await _subscriptions.TotalsAsync(cancellationToken);
            var entries = await _audit.CountAsync(cancellationToken);
            var tree = await _audit.GetTreeAsync(cancellationToken);
            _state = new State(now, effects, deliveries, Math.Max(0, entries - tree.Size));
        }
        finally
        {
            _refresh.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        _refresh.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                HttpLog.StateNotRead(_log, failure);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Gauge(string name, string unit, string description, Func<State, double> value) =>
        _meter.CreateObservableGauge(name, () => _state is { } state ? [new Measurement<double>(value(state))] : Array.Empty<Measurement<double>>(), unit, description);

    private IEnumerable<Measurement<long>> Open() =>
        _state is not { } state
            ? []
            : new[] { EffectPhase.Recorded, EffectPhase.Sending, EffectPhase.Accepted, EffectPhase.Unknown, EffectPhase.Succeeded }
                .Select(phase => new Measurement<long>(state.Effects.ByPhase.GetValueOrDefault(phase), new KeyValuePair<string, object?>("phase", EffectText.Of(phase))));

    private IEnumerable<Measurement<long>> Connections() =>
        _connections.List(TenantId.Default)
            .GroupBy(static connection => connection.State)
            .Select(static group => new Measurement<long>(group.LongCount(), new KeyValuePair<string, object?>("state", ConnectorView.Snake(group.Key))));

    private sealed record State(DateTimeOffset Time, EffectTotals Effects, DeliveryTotals Deliveries, long AuditLag)
    {
        public double OldestUnknown => Age(Effects.OldestUnknown);

        public double MostOverdue => Age(Effects.MostOverdue);

        private double Age(DateTimeOffset? since) => since is { } time && time < Time ? (Time - time).TotalSeconds : 0;
    }
}
