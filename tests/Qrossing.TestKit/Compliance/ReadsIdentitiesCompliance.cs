using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="ReadsIdentitiesCompliance"/> needs of sQuid.</summary>
public interface IReadsIdentitiesFixture
{
    /// <summary>An active identity, by the id sQuid issued.</summary>
    Task<string> CreateIdentityAsync();
}

/// <summary>Rules for <see cref="IReadsIdentities"/>.</summary>
public sealed class ReadsIdentitiesCompliance(ConnectorFixture fixture) : ComplianceSuite<IReadsIdentities, IReadsIdentitiesFixture>(fixture)
{
    public async Task An_identity_is_read_by_each_of_its_spellings()
    {
        var id = await Peer.CreateIdentityAsync();
        foreach (var spelling in new[] { id, $"did:squid:{id}", $"squid_{id.Replace("-", "", StringComparison.Ordinal)}" })
        {
            var identity = Demand.Success(await Connector.ReadIdentityAsync(spelling, Fixture.Calls.Create(), CancellationToken.None));
            Demand.That(identity is { Status: "ACTIVE", VerificationLevel.Length: > 0 } && identity.Id == id, $"{spelling} was read as {identity}.");
        }
    }

    public async Task An_unknown_identity_is_not_found() => Demand.Fault(
        await Connector.ReadIdentityAsync("00000000-0000-4000-8000-000000000000", Fixture.Calls.Create(), CancellationToken.None), FaultKind.NotFound);

    public async Task Text_that_is_no_identity_is_invalid()
    {
        foreach (var text in new[] { "", "../admin", "did:squid:", "a b", new string('a', 65) })
        {
            Demand.Fault(await Connector.ReadIdentityAsync(text, Fixture.Calls.Create(), CancellationToken.None), FaultKind.Invalid);
        }
    }
}
