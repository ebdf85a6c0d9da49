using System.Collections.Frozen;
using Qrossing.Abstractions.Values;

namespace Qrossing.Core.Access;

/// <summary>Who makes a request, after authentication.</summary>
public sealed record Caller
{
    /// <summary>The tenant it acts in.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The client's id; idempotency keys belong to it.</summary>
    public required string Client { get; init; }

    /// <summary>The credential, for audit: <c>key:key_...</c>.</summary>
    public required string Credential { get; init; }

    /// <summary>The public id of its API key; null when it came in by another way.</summary>
    public string? Key { get; init; }

    /// <summary>Granted scopes; <c>*</c> is the administrator.</summary>
    public required FrozenSet<string> Scopes { get; init; }

    /// <summary><c>live</c>, <c>test</c> or an operator's own; <c>test</c> reaches sandbox connections only, <c>live</c> live ones only.</summary>
    public required string Environment { get; init; }

    /// <summary>When its credential ends; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it may do everything.</summary>
    public bool IsAdministrator => Scopes.Contains("*");

    /// <summary>Whether it holds a permission <c>area:verb</c>.</summary>
    public bool Has(string permission) => IsAdministrator || Scopes.Contains(permission);
}
