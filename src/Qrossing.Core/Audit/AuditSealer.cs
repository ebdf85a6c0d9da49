namespace Qrossing.Core.Audit;

/// <summary>Seals drafts for the writer. Has no state of its own.</summary>
public sealed class AuditSealer(IAuditKeys keys) : IAuditSealer
{
    /// <inheritdoc/>
    public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time)
    {
        var payload = AuditPayload.Of(draft.Payload);
        var entry = AuditEntry.Of(draft, position, time, payload.Hash());
        return (entry.Encode(), AuditEnvelope.Seal(keys, draft, payload));
    }
}
