using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Effects;

/// <summary>One intended change in someone else's system: a row of the ledger. Immutable; a transition makes a new one with <c>Version + 1</c>.</summary>
public sealed record Effect
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Also the idempotency key towards the peer.</summary>
    public required EffectId Id { get; init; }

    /// <summary>The operation's kind, for example <c>objects.put</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The connection it goes through.</summary>
    public required string Connection { get; init; }

    /// <summary>The caller (client id), or <c>system</c> for follow-up effects.</summary>
    public required string Client { get; init; }

    /// <summary>Phase and finality.</summary>
    public required EffectState State { get; init; }

    /// <summary>The request as the operation reads it (JSON); secrets in it are sealed.</summary>
    public required ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>SHA-256 fingerprint of the caller's request, hex; named in receipts.</summary>
    public required string RequestDigest { get; init; }

    /// <summary>The exact prepared call (bytes of the operation's own encoding), set from <see cref="EffectPhase.Sending"/> on; secrets in it are sealed. Null then: <see cref="Request"/> is the exact call.</summary>
    public ReadOnlyMemory<byte>? Prepared { get; init; }

    /// <summary>No first byte leaves after this.</summary>
    public DateTimeOffset? SendBy { get; init; }

    /// <summary>The peer's answer (JSON) once known.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>Error code of the last fault or refusal; null while all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>What the effect waits for when it has no <see cref="NextActionAt"/> and is not at rest: <c>connection_paused</c>, <c>funds</c>, <c>approval</c>.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>When the machine acts next; null at rest or while <see cref="WaitsFor"/>.</summary>
    public DateTimeOffset? NextActionAt { get; init; }

    /// <summary>Calls to the peer so far: sends, repeats and lookups.</summary>
    public int Attempts { get; init; }

    /// <summary>Calls since the last progress; drives the backoff.</summary>
    public int Tries { get; init; }

    /// <summary>Cancel was asked while it could no longer be withdrawn: no further attempt is made.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Base or minor units taken back so far, digits; null when none.</summary>
    public string? ReversedAmount { get; init; }

    /// <summary>The effect that caused this one; null for a caller's.</summary>
    public EffectId? Parent { get; init; }

    /// <summary>Order of its events is kept per key; the effect's id unless the operation says otherwise.</summary>
    public required string PartitionKey { get; init; }

    /// <summary>W3C traceparent of the request, so that background work joins its trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>A request never sent by then fails. Default 72 h after creation.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Ownership epoch of the process that set <see cref="EffectPhase.Sending"/>; 0 otherwise.</summary>
    public long ClaimEpoch { get; init; }

    /// <summary>When that claim ends; always later than <see cref="SendBy"/>.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>From 1; guards every update.</summary>
    public required long Version { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
