namespace Qrossing.Abstractions.Modules;

/// <summary>An identity as sQuid states it.</summary>
public sealed record SquidIdentity
{
    /// <summary>The id sQuid issued.</summary>
    public required string Id { get; init; }

    /// <summary>ACTIVE, INACTIVE, SUSPENDED, DELETED, PENDING_VERIFICATION, or a later value.</summary>
    public required string Status { get; init; }

    /// <summary>UNVERIFIED, BASIC, ENHANCED, INSTITUTIONAL, or a later value.</summary>
    public required string VerificationLevel { get; init; }

    /// <summary>Reputation score when sQuid states one.</summary>
    public int? Reputation { get; init; }
}
