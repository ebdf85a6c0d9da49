using Qrossing.Sdk.Transport;

namespace Qrossing.Sdk.Gateway;

/// <summary><c>/v1/audit</c>.</summary>
public sealed class AuditCalls
{
    private readonly GatewayHttp _gateway;

    internal AuditCalls(GatewayHttp gateway) => _gateway = gateway;

    /// <summary>The newest checkpoint. Whoever keeps it can show later that nothing before it was changed. Permission <c>audit:read</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="QrossingProblemException">There is no entry yet.</exception>
    public Task<AuditCheckpoint> GetCheckpointAsync(CancellationToken cancellationToken = default) =>
        _gateway.GetAsync(new RequestPath("/v1/audit/checkpoint"), SdkJson.Default.AuditCheckpoint, cancellationToken);
}
