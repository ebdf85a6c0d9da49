using System.Text.Json.Nodes;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Audit;

/// <summary>An audit entry to be written with a unit. The public part becomes the leaf; the payload is committed to by a salted hash and stored encrypted.</summary>
public sealed record AuditDraft
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What was done: <c>area.action</c>, for example <c>effects.succeeded</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Who: <c>client:cli_...</c>, <c>key:key_...</c>, <c>system</c>, <c>anonymous</c>. No personal data.</summary>
    public required string Actor { get; init; }

    /// <summary>What it was done to: an effect, connection, key; null when nothing.</summary>
    public string? Subject { get; init; }

    /// <summary><c>allow</c>, <c>deny</c> or <c>info</c>.</summary>
    public string Verdict { get; init; } = "info";

    /// <summary>The request that caused it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whose data the payload holds, so that it can be erased; null when nobody's.</summary>
    public string? DataSubject { get; init; }

    /// <summary>Everything else: evidence, peer codes and texts, digests.</summary>
    public required JsonObject Payload { get; init; }
}
