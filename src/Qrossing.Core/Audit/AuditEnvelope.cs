using System.Text;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Secrets;

namespace Qrossing.Core.Audit;

/// <summary>
/// How salt and payload lie beside their entry: one byte n, n bytes with the purpose of the key (none for the tenant's own), and the
/// key ring's box over salt and payload.
/// </summary>
internal static class AuditEnvelope
{
    public static byte[] Seal(IAuditKeys keys, AuditDraft draft, AuditPayload payload)
    {
        var subject = draft.DataSubject is { } id ? Encoding.UTF8.GetBytes(KeyPurposes.OfSubject(id)) : [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subject.Length, byte.MaxValue, nameof(draft));
        byte[] plaintext = [.. payload.Salt, .. payload.Bytes];
        return [(byte)subject.Length, .. subject, .. keys.Seal(draft.Tenant, Purpose(subject), plaintext)];
    }

    /// <summary>Null when it was erased, or its key was.</summary>
    public static AuditPayload? Open(IAuditKeys keys, TenantId tenant, ReadOnlySpan<byte> envelope)
    {
        if (envelope.IsEmpty || envelope.Length < 1 + envelope[0])
        {
            return null;
        }

        var subject = envelope.Slice(1, envelope[0]);
        var plaintext = keys.Open(tenant, Purpose(subject), envelope[(1 + subject.Length)..]);
        return plaintext is null || plaintext.Length < AuditPayload.SaltLength
            ? null
            : new AuditPayload(plaintext[..AuditPayload.SaltLength], plaintext[AuditPayload.SaltLength..]);
    }

    private static string Purpose(ReadOnlySpan<byte> subject) => subject.IsEmpty ? KeyPurposes.Audit : Encoding.UTF8.GetString(subject);
}
