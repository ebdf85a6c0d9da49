namespace Qrossing.Core.Audit;

/// <summary>Turns a draft into the entry's exact bytes. The writer calls it at the end of the batch, when the numbers are known.</summary>
public interface IAuditSealer
{
    /// <summary>
    /// The public entry (JCS, <c>payloadHash</c> = SHA-256(salt || payload)) and the sealed salt and payload.
    /// </summary>
    (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time);
}
