using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Qrossing.Core.Audit;
using Qrossing.Core.Effects;
using Qrossing.Core.Webhooks;
using Qrossing.Gateway.Observability;
using Qrossing.TestKit.Processes;
using Qrossing.Tests.Core.Connectors;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class StateTelemetryTests
{
    [Fact]
    public async Task Database_that_does_not_answer_leaves_the_last_state_with_its_age()
    {
        using var folder = new TemporaryFolder("state");
        await using var rig = await ConnectorRig.OpenAsync(folder);
        var isDown = false;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var collector = new MetricCollector();
        using var state = new StateTelemetryWorker(
            rig.Get<IEffectStore>(),
            rig.Get<ISubscriptionStore>(),
            FailingPort<IAuditStore>.Over(rig.Get<IAuditStore>(), () => isDown),
            rig.Directory,
            clock,
            NullLogger<StateTelemetryWorker>.Instance);
        await state.TryRefreshAsync(CancellationToken.None);
        Assert.Contains("qrossing_state_age_seconds 0\n", collector.Read(), StringComparison.Ordinal);

        isDown = true;
        clock.Advance(TimeSpan.FromSeconds(90));
        await state.TryRefreshAsync(CancellationToken.None);

        var text = collector.Read();
        Assert.Contains("qrossing_state_age_seconds 90\n", text, StringComparison.Ordinal);
        Assert.Contains("qrossing_deliveries_waiting 0\n", text, StringComparison.Ordinal);
    }
}
