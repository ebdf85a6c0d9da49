using Qrossing.Sdk.Events;

namespace Qrossing.Sdk.Effects;

/// <summary>What one effect was asked to do, by whom, what became of it on which evidence, who was told, and the proof of all that. Its exact bytes are described with the gateway (docs/receipt.md).</summary>
public sealed record Receipt
{
    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The effect.</summary>
    public required ReceiptEffect Effect { get; init; }

    /// <summary>The calls to the peer.</summary>
    public IReadOnlyList<EffectAttempt> Attempts { get; init; } = [];

    /// <summary>The audit entries, in order.</summary>
    public IReadOnlyList<ReceiptEntry> Entries { get; init; } = [];

    /// <summary>Audit entries that are not in the transparency log yet and therefore missing here.</summary>
    public int EntriesPending { get; init; }

    /// <summary>The events that told of it.</summary>
    public IReadOnlyList<CloudEvent> Events { get; init; } = [];

    /// <summary>Who received them.</summary>
    public IReadOnlyList<ReceiptDelivery> Deliveries { get; init; } = [];

    /// <summary>The signed checkpoint that the proofs lead to (C2SP tlog-checkpoint).</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The key that signed it, in the form of C2SP signed notes.</summary>
    public string? Key { get; init; }

    /// <summary>The signature over the whole receipt, a signed note.</summary>
    public string? Signature { get; init; }
}
