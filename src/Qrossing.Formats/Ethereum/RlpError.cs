namespace Qrossing.Formats.Ethereum;

/// <summary>Why bytes are not canonical RLP.</summary>
public enum RlpError
{
    /// <summary>They are.</summary>
    None,

    /// <summary>The input, or the payload of an enclosing list, ends before the item does.</summary>
    Truncated,

    /// <summary>Bytes follow the item.</summary>
    TrailingBytes,

    /// <summary>A single byte below 0x80 has a length prefix.</summary>
    PrefixedSingleByte,

    /// <summary>A length has leading zeros, or is below 56 in the long form.</summary>
    NonMinimalLength,

    /// <summary>Lists are nested deeper than <see cref="Rlp.MaxDepth"/>.</summary>
    TooDeep,
}
