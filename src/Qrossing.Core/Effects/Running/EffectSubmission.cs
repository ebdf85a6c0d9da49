using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Persistence;

namespace Qrossing.Core.Effects.Running;

/// <summary>A caller's wish for an effect, checked and ready to be recorded.</summary>
public sealed record EffectSubmission
{
    /// <summary>Who asks.</summary>
    public required RequestContext Context { get; init; }

    /// <summary>The effect's id when something durable is already named after it (a spooled body); null: a new one.</summary>
    public EffectId? Id { get; init; }

    /// <summary>The operation.</summary>
    public required string Kind { get; init; }

    /// <summary>The connection.</summary>
    public required string Connection { get; init; }

    /// <summary>The request as the operation reads it.</summary>
    public required ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>Fingerprint of the HTTP request, hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The caller's key; null when it gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the caller waits for an outcome. 0 to 60 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Events are ordered per key; null: the effect's id.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Rows that belong to the effect from the start, written in the same transaction.</summary>
    public Action<Effect, IWriteSession>? Alongside { get; init; }
}
