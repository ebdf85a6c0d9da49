namespace Qrossing.Core.Chains;

/// <summary>A recoverable ECDSA signature: r and s (64 bytes, low s) and the recovery id.</summary>
internal sealed record WalletSignature(ReadOnlyMemory<byte> RS, int RecoveryId);
