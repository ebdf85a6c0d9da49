namespace Qrossing.Formats.Ethereum.Transactions;

/// <summary>Why a transaction is refused.</summary>
public enum TransactionError
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The bytes are not one canonical RLP list, or the list has another number of fields.</summary>
    MalformedEncoding,

    /// <summary>The type is none of <see cref="TransactionType"/>.</summary>
    UnsupportedType,

    /// <summary>A field is a list where a string is due, or the reverse.</summary>
    WrongFieldKind,

    /// <summary>An integer has leading zeros.</summary>
    LeadingZeros,

    /// <summary>An integer is wider than its field.</summary>
    IntegerOverflow,

    /// <summary>An address, storage key or hash has another length.</summary>
    WrongLength,

    /// <summary>v, r or s are out of range, s is high (EIP-2), or no key could have made the signature.</summary>
    InvalidSignature,

    /// <summary>The transaction is for another chain.</summary>
    WrongChain,

    /// <summary>The nonce is 2^64 - 1 (EIP-2681).</summary>
    NonceTooHigh,

    /// <summary>The priority fee is above the fee cap (EIP-1559).</summary>
    PriorityFeeAboveCap,

    /// <summary>Gas limit times price exceeds 256 bits.</summary>
    FeeOverflow,

    /// <summary>The gas limit does not even pay for the transaction itself.</summary>
    IntrinsicGasTooLow,

    /// <summary>The init code is longer than 49,152 bytes (EIP-3860).</summary>
    InitCodeTooLong,

    /// <summary>A blob transaction creates a contract (EIP-4844).</summary>
    BlobWithoutRecipient,

    /// <summary>A blob transaction has no blobs (EIP-4844).</summary>
    NoBlobs,

    /// <summary>A versioned hash begins with another byte than 0x01 (EIP-4844).</summary>
    BlobHashVersion,
}
