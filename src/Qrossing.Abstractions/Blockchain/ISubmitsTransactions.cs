using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>Brings signed transactions to the chain and finds them again.</summary>
public interface ISubmitsTransactions
{
    /// <summary>Sends exactly these bytes. <c>already known</c> counts as taken; <c>nonce too low</c> is <see cref="FaultKind.Indeterminate"/>: it may be ours.</summary>
    [Repeats(PeerIdempotency.Natural, AbsenceHorizonMilliseconds = 5_000)]
    ValueTask<ConnectorResult<TransactionStatus>> SubmitAsync(SignedTransaction transaction, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The lookup twin, by hash and by nonce: <c>Superseded</c> when the nonce was used by another transaction that is mined.</summary>
    ValueTask<ConnectorResult<Lookup<TransactionStatus>>> LookUpTransactionAsync(TransactionQuery query, ConnectorCall call, CancellationToken cancellationToken);
}
