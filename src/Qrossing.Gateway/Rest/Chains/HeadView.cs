using Qrossing.Abstractions.Blockchain;

namespace Qrossing.Gateway.Rest.Chains;

/// <summary>The newest block of a chain.</summary>
internal sealed record HeadView
{
    /// <summary>CAIP-2.</summary>
    public required string Chain { get; init; }

    /// <summary>Height.</summary>
    public required long Number { get; init; }

    /// <summary>Block hash.</summary>
    public required string Hash { get; init; }

    /// <summary>The block's own time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Base fee per gas in base units; absent on chains without one.</summary>
    public string? BaseFee { get; init; }

    /// <summary>The view of a head.</summary>
    public static HeadView Of(ChainHead head) => new() { Chain = head.Chain, Number = head.Number, Hash = head.Hash, Time = head.Time, BaseFee = head.BaseFee };
}
