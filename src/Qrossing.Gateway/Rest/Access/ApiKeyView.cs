using Qrossing.Core.Access;

namespace Qrossing.Gateway.Rest.Access;

/// <summary>An API key; its text is shown once.</summary>
internal sealed record ApiKeyView
{
    /// <summary><c>key_...</c></summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The beginning of its text, to tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>The client it speaks for.</summary>
    public required string Client { get; init; }

    /// <summary><c>live</c>, <c>test</c> or an operator's own.</summary>
    public required string Environment { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it ends; absent: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; absent: not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The key itself, in the answer that made it only.</summary>
    public string? Key { get; init; }

    /// <summary>The view of a record.</summary>
    public static ApiKeyView Of(ApiKeyRecord record) => new()
    {
        Id = record.Id.Text,
        Name = record.Name,
        Prefix = $"qk_{record.Environment}_{record.PublicId}",
        Client = record.Client.Text,
        Environment = record.Environment,
        Scopes = record.Scopes,
        ExpiresAt = record.ExpiresAt,
        RevokedAt = record.RevokedAt,
        CreatedAt = record.CreatedAt,
    };
}
