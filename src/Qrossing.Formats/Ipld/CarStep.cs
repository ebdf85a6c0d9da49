namespace Qrossing.Formats.Ipld;

/// <summary>What a step through a CAR file yields. The nested types are all there are.</summary>
public abstract record CarStep
{
    private CarStep()
    {
    }

    /// <summary>The header, always first.</summary>
    /// <param name="Roots">The roots it names, possibly none; they need not be among the blocks.</param>
    public sealed record Header(IReadOnlyList<Cid> Roots) : CarStep;

    /// <summary>A block whose bytes have the digest its CID names.</summary>
    public sealed record Block(Cid Id, ReadOnlyMemory<byte> Bytes) : CarStep;

    /// <summary>More bytes are needed; from <see cref="CarParser"/> only.</summary>
    public sealed record NeedMore : CarStep
    {
        internal static NeedMore Instance { get; } = new();
    }

    /// <summary>The file ends where it may.</summary>
    public sealed record End : CarStep
    {
        internal static End Instance { get; } = new();
    }

    /// <summary>The file is no CARv1, or a block does not have its digest; nothing follows.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Reason) : CarStep;
}
