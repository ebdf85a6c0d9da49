using Qrossing.Core.Errors;

namespace Qrossing.Core.Storage;

/// <summary>Content on its way in.</summary>
public sealed record ObjectUpload
{
    /// <summary>The bytes; read once, to the end.</summary>
    public required Stream Body { get; init; }

    /// <summary>How many bytes are announced, what stands around them included; null when that is not known before the end.</summary>
    public long? Length { get; init; }

    /// <summary>Judges what the caller sent after the bytes; with a refusal they become no effect. Null: nothing follows.</summary>
    public Func<CancellationToken, ValueTask<Refusal?>>? Rest { get; init; }

    /// <summary>The media type as the caller gave it.</summary>
    public required string ContentType { get; init; }

    /// <summary>The caller's name for it; null without one.</summary>
    public string? Key { get; init; }

    /// <summary>The store; null: the built-in one.</summary>
    public string? Connection { get; init; }

    /// <summary>The caller's idempotency key; null without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the caller waits for the outcome.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The request's fingerprint once the body's SHA-256 is known.</summary>
    public required Func<ReadOnlyMemory<byte>, string> Fingerprint { get; init; }
}
