using System.Text;
using Qrossing.Core.Audit;

namespace Qrossing.Tests.Core.Connectors;

/// <summary>Keeps audit entries readable, so that a test can look for what must not be in them.</summary>
internal sealed class PlainSealer : IAuditSealer
{
    public (ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Sealed) Seal(AuditDraft draft, long position, DateTimeOffset time) =>
        (Encoding.UTF8.GetBytes($"{draft.Action} {draft.Actor} {draft.Subject}"), Encoding.UTF8.GetBytes(draft.Payload.ToJsonString()));
}
