namespace Qrossing.TestKit.Counterparts;

/// <summary>How an <see cref="AnvilCounterpart"/> runs. Equal options share one instance of <see cref="CounterpartHost"/>.</summary>
public sealed record AnvilOptions
{
    /// <summary>EIP-155 chain id. Default: 31337.</summary>
    public long ChainId { get; init; } = 31337;

    /// <summary>When blocks are made. Default: one per transaction, at once.</summary>
    public AnvilMining Mining { get; init; } = AnvilMining.PerTransaction;

    /// <summary>Distance between blocks with <see cref="AnvilMining.Interval"/>, whole seconds. Default: 1 s.</summary>
    public TimeSpan BlockTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Slots in an epoch, which place the <c>safe</c> and <c>finalized</c> blocks. Default: 1, so that both follow the head.</summary>
    public int SlotsInEpoch { get; init; } = 1;

    /// <summary>Forks this node's chain (another anvil on loopback) when set.</summary>
    public Uri? ForkOf { get; init; }
}
