namespace Qrossing.Core.Storage;

/// <summary>What the spool knows about a body after its last byte: durable, hashed, not yet an effect.</summary>
/// <param name="Cid">Content id under the default profile.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content.</param>
internal sealed record SpooledUpload(string Cid, long Size, ReadOnlyMemory<byte> Sha256);
