namespace Qrossing.Core.Audit;

/// <summary>An entry with everything that proves it.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Payload">What it commits to; null when it was erased.</param>
/// <param name="Path">The inclusion proof, from the leaf upwards (RFC 9162 section 2.1.3).</param>
/// <param name="TreeSize">The tree it is a proof in.</param>
/// <param name="Checkpoint">The signed note over that tree.</param>
public sealed record AuditProof(AuditRecord Record, AuditPayload? Payload, IReadOnlyList<byte[]> Path, long TreeSize, string Checkpoint);
