namespace Qrossing.Abstractions.Connectors;

/// <summary>What a probe found out about the peer.</summary>
public sealed record PeerHealth
{
    /// <summary>The peer's name and version as it states them, for example <c>anvil/v1.7.1</c>.</summary>
    public required string Peer { get; init; }

    /// <summary>Facts worth showing (block height, free space), bounded and without personal data.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();
}
