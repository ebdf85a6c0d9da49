using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Http;

/// <summary>Calls the operations of a described HTTP API.</summary>
public interface ICallsOperations
{
    /// <summary>Every operation of the document with its idempotency as configured. Pure.</summary>
    IReadOnlyList<OperationDescription> DescribeOperations();

    /// <summary>Checks a request against the operation's description before anything is recorded; empty when it fits. Pure.</summary>
    IReadOnlyList<OperationViolation> CheckOperation(OperationCall request);

    /// <summary>Calls an operation. The attribute states the floor; <see cref="OperationDescription.Repeats"/> says what holds for each.</summary>
    [Repeats(PeerIdempotency.None)]
    ValueTask<ConnectorResult<OperationReply>> CallOperationAsync(OperationCall request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The lookup twin as configured for the operation; <c>CannotTell</c> without one.</summary>
    ValueTask<ConnectorResult<Lookup<OperationReply>>> LookUpOperationAsync(OperationCall request, ConnectorCall call, CancellationToken cancellationToken);
}
