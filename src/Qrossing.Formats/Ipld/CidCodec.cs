namespace Qrossing.Formats.Ipld;

/// <summary>Codes of the multicodec table that content of this product uses.</summary>
public static class CidCodec
{
    /// <summary>Bytes without structure.</summary>
    public const ulong Raw = 0x55;

    /// <summary>Merkle DAG of protocol buffers, the carrier of UnixFS; the codec of every CIDv0.</summary>
    public const ulong DagPb = 0x70;

    public const ulong DagCbor = 0x71;

    public const ulong DagJson = 0x0129;
}
