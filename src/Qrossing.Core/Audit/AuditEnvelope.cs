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
    private static readonly byte[] SubjectPrefix = Encoding.UTF8.GetBytes(KeyPurposes.OfSubject(string.Empty));

    public static byte[] Seal(IAuditKeys keys, AuditDraft draft, AuditPayload payload)
    {
        var subject = draft.DataSubject is { } id ? Encoding.UTF8.GetBytes(KeyPurposes.OfSubject(id)) : [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subject.Length, byte.MaxValue, nameof(draft));
        byte[] plaintext = [.. payload.Salt, .. payload.Bytes];
        return [(byte)subject.Length, .. subject, .. keys.Seal(draft.Tenant, Purpose(subject), plaintext)];
    }

    /// <summary>Null when it was erased, its key was, or it does not open.</summary>
    public static AuditPayload? Open(IAuditKeys keys, TenantId tenant, ReadOnlySpan<byte> envelope) =>
        TryOpen(keys, tenant, envelope, out var payload) ? payload : null;

    /// <summary>False when it was tampered with: its key is there and does not open it, or it is not in the form. A null payload was erased: the envelope was emptied, or its key destroyed.</summary>
    public static bool TryOpen(IAuditKeys keys, TenantId tenant, ReadOnlySpan<byte> envelope, out AuditPayload? payload)
    {
        payload = null;
        if (envelope.IsEmpty)
        {
            return true;
        }

        if (envelope.Length < 1 + envelope[0])
        {
            return false;
        }

        var subject = envelope.Slice(1, envelope[0]);
        if (!subject.IsEmpty && !subject.StartsWith(SubjectPrefix))
        {
            return false;
        }

        var purpose = Purpose(subject);
        if (!keys.Has(tenant, purpose))
        {
            return true;
        }

        if (keys.Open(tenant, purpose, envelope[(1 + subject.Length)..]) is not { Length: >= AuditPayload.SaltLength } plaintext)
        {
            return false;
        }

        payload = new AuditPayload(plaintext[..AuditPayload.SaltLength], plaintext[AuditPayload.SaltLength..]);
        return true;
    }

    private static string Purpose(ReadOnlySpan<byte> subject) => subject.IsEmpty ? KeyPurposes.Audit : Encoding.UTF8.GetString(subject);
}
