using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;

namespace Qrossing.TestKit.Compliance;

/// <summary>What <see cref="ChecksConsentCompliance"/> needs of Qonsent.</summary>
public interface IChecksConsentFixture : ITroublesPeer
{
    /// <summary>A question that Qonsent allows.</summary>
    Task<ConsentQuestion> AllowAsync();
}

/// <summary>Rules for <see cref="IChecksConsent"/>.</summary>
public sealed class ChecksConsentCompliance(ConnectorFixture fixture) : ComplianceSuite<IChecksConsent, IChecksConsentFixture>(fixture)
{
    public async Task What_is_allowed_is_allowed_and_nothing_else()
    {
        var question = await Peer.AllowAsync();
        Demand.That(Demand.Success(await AskAsync(question)).Allowed, "An allowed action was denied.");
        Demand.That(!Demand.Success(await AskAsync(question with { Action = "delete" })).Allowed, "An action that nobody allowed was allowed.");
    }

    public async Task Trouble_is_never_an_allow()
    {
        var question = await Peer.AllowAsync();
        foreach (var trouble in Enum.GetValues<PeerTrouble>())
        {
            await Peer.TroubleNextWriteAsync(trouble);
            Demand.That(!(await AskAsync(question)).IsSuccess, $"{trouble} was taken for an answer.");
        }

        var unreachable = await Connector.CheckConsentAsync(question, Fixture.Calls.CreateUnreachable(), CancellationToken.None);
        Demand.Fault(unreachable, FaultKind.Unavailable);
    }

    private ValueTask<ConnectorResult<ConsentDecision>> AskAsync(ConsentQuestion question) =>
        Connector.CheckConsentAsync(question, Fixture.Calls.Create(), CancellationToken.None);
}
