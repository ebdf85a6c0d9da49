namespace Qrossing.Sdk.Gateway;

/// <summary>The newest signed tree head of the transparency log.</summary>
public sealed record AuditCheckpoint
{
    /// <summary>The signed note (C2SP tlog-checkpoint).</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The key that verifies it (C2SP signed-note verifier key).</summary>
    public string? Key { get; init; }
}
