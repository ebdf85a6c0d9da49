using Qrossing.Abstractions.Connectors;

namespace Qrossing.TestKit.Compliance;

/// <summary>Rules for <see cref="IProbes"/>.</summary>
public sealed class ProbesCompliance(ConnectorFixture fixture) : ComplianceSuite<IProbes, ConnectorFixture>(fixture)
{
    public async Task A_healthy_peer_names_itself()
    {
        var health = Demand.Success(await Connector.ProbeAsync(Fixture.Calls.Create(), CancellationToken.None));
        Demand.That(health.Peer.Length is > 0 and <= 128, $"The peer's name '{health.Peer}' is empty or too long.");
        Demand.That(health.Facts.Count <= 16, "The facts are not bounded.");
    }

    public async Task A_probe_changes_nothing_on_disk()
    {
        await Connector.ProbeAsync(Fixture.Calls.Create(), CancellationToken.None);
        Demand.That(Fixture.Calls.Files.Written.Count == 0, "The probe wrote files.");
    }

    public async Task A_peer_that_is_not_there_is_unavailable()
    {
        if (Fixture is ITroublesPeer)
        {
            Demand.Fault(await Connector.ProbeAsync(Fixture.Calls.CreateUnreachable(), CancellationToken.None), FaultKind.Unavailable);
        }
    }
}
