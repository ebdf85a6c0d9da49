namespace Qrossing.Gateway.Rest.Audit;

/// <summary>The newest signed tree head.</summary>
internal sealed record CheckpointView
{
    /// <summary>C2SP tlog-checkpoint.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The key that verifies it (C2SP signed-note verifier key).</summary>
    public required string Key { get; init; }
}
