using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Access;

/// <summary>An API key as stored: never its secret.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The id.</summary>
    public required ApiKeyId Id { get; init; }

    /// <summary>The <c>id</c> part of the key's text, unique over all tenants; keys are looked up by it.</summary>
    public required string PublicId { get; init; }

    /// <summary>HMAC-SHA-256 of the whole key text under a key of the ring.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The client it speaks for; idempotency keys belong to the client, so key rotation keeps them.</summary>
    public required ClientId Client { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary><c>live</c>, <c>test</c> or an operator's own, <c>[a-z0-9]{1,16}</c>.</summary>
    public required string Environment { get; init; }

    /// <summary><c>area:read</c>, <c>area:write</c>, <c>area:admin</c>, or <c>*</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>No longer good from then on; null: never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Revoked then; null: not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
