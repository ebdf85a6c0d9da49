namespace Qrossing.Gateway.Rest.Audit;

/// <summary>An inclusion proof (RFC 9162 section 2.1.3).</summary>
internal sealed record AuditProofView
{
    /// <summary>Leaves of the tree.</summary>
    public required long TreeSize { get; init; }

    /// <summary>Hashes from the leaf upwards, base64.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>The signed note over that tree.</summary>
    public required string Checkpoint { get; init; }
}
