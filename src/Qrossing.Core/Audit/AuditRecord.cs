using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Audit;

/// <summary>A stored audit entry.</summary>
public sealed record AuditRecord
{
    /// <summary>The leaf's index in the transparency log, from 0, without gaps.</summary>
    public required long Leaf { get; init; }

    /// <summary>Its position in the order shared with events.</summary>
    public required long Position { get; init; }

    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The unit's time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>As in <see cref="AuditDraft.Action"/>.</summary>
    public required string Action { get; init; }

    /// <summary>As in <see cref="AuditDraft.Actor"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>As in <see cref="AuditDraft.Subject"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>The exact bytes the leaf hash is taken over (JCS).</summary>
    public required ReadOnlyMemory<byte> Entry { get; init; }

    /// <summary>Salt and payload, sealed; empty after erasure.</summary>
    public required ReadOnlyMemory<byte> Sealed { get; init; }
}
