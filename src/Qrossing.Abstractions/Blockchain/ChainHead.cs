namespace Qrossing.Abstractions.Blockchain;

/// <summary>The newest block of a chain as one endpoint sees it.</summary>
public sealed record ChainHead
{
    /// <summary>CAIP-2.</summary>
    public required string Chain { get; init; }

    /// <summary>Height.</summary>
    public required long Number { get; init; }

    /// <summary>Block hash, 0x and hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The block's own time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Base fee per gas in wei (EIP-1559), digits; null on chains without one.</summary>
    public string? BaseFee { get; init; }
}
