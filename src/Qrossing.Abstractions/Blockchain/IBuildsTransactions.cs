using Qrossing.Abstractions.Connectors;

namespace Qrossing.Abstractions.Blockchain;

/// <summary>Builds transactions; the key stays with the gateway, which signs <see cref="UnsignedTransaction.Digest"/> itself.</summary>
public interface IBuildsTransactions
{
    /// <summary>Checks the chain id, simulates, asks for fees and for the account's next nonce. A revert is <see cref="FaultKind.Rejected"/> with <c>chains.reverted</c>.</summary>
    ValueTask<ConnectorResult<TransactionPlan>> PrepareAsync(PrepareTransaction request, ConnectorCall call, CancellationToken cancellationToken);

    /// <summary>The bytes to sign under a nonce that the gateway reserved. Pure.</summary>
    UnsignedTransaction Encode(TransactionPlan plan, long nonce);

    /// <summary>The bytes to send. Pure.</summary>
    /// <param name="unsigned">From <see cref="Encode"/>.</param>
    /// <param name="signature">r and s, 64 bytes, low s.</param>
    /// <param name="recoveryId">0 or 1.</param>
    SignedTransaction Assemble(UnsignedTransaction unsigned, ReadOnlyMemory<byte> signature, int recoveryId);
}
