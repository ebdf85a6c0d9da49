namespace Qrossing.TestKit.Counterparts;

/// <summary>When an anvil makes blocks.</summary>
public enum AnvilMining
{
    /// <summary>One block for each transaction, as it arrives.</summary>
    PerTransaction,

    /// <summary>One block per <see cref="AnvilOptions.BlockTime"/>.</summary>
    Interval,

    /// <summary>Only when the test calls <see cref="AnvilCounterpart.MineAsync"/>.</summary>
    Manual,
}
