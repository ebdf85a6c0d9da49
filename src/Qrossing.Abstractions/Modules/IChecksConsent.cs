using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Modules;

/// <summary>Asks Qonsent whether an identity may act on a resource. A fault is never an allow.</summary>
public interface IChecksConsent
{
    /// <summary>The decision.</summary>
    ValueTask<ConnectorResult<ConsentDecision>> CheckConsentAsync(ConsentQuestion question, ConnectorCall call, CancellationToken cancellationToken);
}
