namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>The transaction types of EIP-2718. Typed transactions begin with their number.</summary>
public enum TransactionType
{
    /// <summary>Before EIP-2718, with or without the replay protection of EIP-155.</summary>
    Legacy = 0,

    /// <summary>EIP-2930.</summary>
    AccessList = 1,

    /// <summary>EIP-1559.</summary>
    DynamicFee = 2,

    /// <summary>EIP-4844.</summary>
    Blob = 3,
}
