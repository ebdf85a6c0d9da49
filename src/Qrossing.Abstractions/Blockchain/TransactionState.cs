namespace Qrossing.Abstractions.Blockchain;

/// <summary>Where a transaction stands on its chain.</summary>
public enum TransactionState
{
    /// <summary>The peer has it; not in a block.</summary>
    Pending,

    /// <summary>In a block, and it did what it should.</summary>
    Mined,

    /// <summary>In a block, and it reverted: fee and nonce are spent, the effect did not happen.</summary>
    Reverted,
}
