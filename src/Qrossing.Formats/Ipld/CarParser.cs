using System.Buffers;

namespace Qrossing.Formats.Ipld;

/// <summary>
/// Reads CARv1 (ipld.io/specs/transport/car/carv1) from bytes as they come. Refuses any block whose hash differs from its
/// CID or cannot be computed here.
/// </summary>
public sealed class CarParser
{
    /// <summary>Longest header taken, in bytes: some 25,000 roots.</summary>
    public const int MaxHeaderLength = 1 << 20;

    /// <summary>Longest section (CID and block) taken, in bytes.</summary>
    public const int MaxSectionLength = 8 << 20;

    private bool _headerRead;
    private CarStep.Refused? _refused;

    /// <summary>Takes the next header or block off the buffer; the buffer keeps what was not used.</summary>
    /// <param name="buffer">Bytes not yet used.</param>
    /// <param name="isFinal">No bytes come after the buffer's.</param>
    public CarStep Next(ref ReadOnlySequence<byte> buffer, bool isFinal)
    {
        if (_refused is not null)
        {
            return _refused;
        }

        var step = Step(ref buffer, isFinal);
        _headerRead |= step is CarStep.Header;
        _refused = step as CarStep.Refused;
        return step;
    }

    private CarStep Step(ref ReadOnlySequence<byte> buffer, bool isFinal)
    {
        if (buffer.IsEmpty && isFinal && _headerRead)
        {
            return CarStep.End.Instance;
        }

        // 1. The length of the section.
        Span<byte> start = stackalloc byte[Varint.MaxLength];
        start = start[..(int)Math.Min(start.Length, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        switch (Varint.Read(start, out var length, out var prefix))
        {
            case OperationStatus.NeedMoreData:
                return NeedMore(isFinal);
            case OperationStatus.InvalidData:
                return new CarStep.Refused("A section's length is not a canonical varint.");
        }

        if (length == 0 || length > (ulong)(_headerRead ? MaxSectionLength : MaxHeaderLength))
        {
            return new CarStep.Refused("A section is empty or too long.");
        }

        // 2. The section, whole.
        if (buffer.Length - prefix < (long)length)
        {
            return NeedMore(isFinal);
        }

        var section = buffer.Slice(prefix, (long)length).ToArray();
        buffer = buffer.Slice(prefix + (long)length);
        return _headerRead ? Block(section) : Header(section);
    }

    private static CarStep Header(byte[] section) => CarHeader.TryParse(section, out var roots)
        ? new CarStep.Header(roots)
        : new CarStep.Refused("The header is not one of CAR version 1.");

    private static CarStep Block(byte[] section)
    {
        ReadOnlySpan<byte> rest = section;
        if (!Cid.TryTake(ref rest, out var id))
        {
            return new CarStep.Refused("A section does not start with a CID.");
        }

        var block = section.AsMemory(section.Length - rest.Length);
        return id.Hash.Verify(block.Span)
            ? new CarStep.Block(id, block)
            : new CarStep.Refused($"The block does not verify as {id}.");
    }

    private static CarStep NeedMore(bool isFinal) =>
        isFinal ? new CarStep.Refused("The file ends inside a section.") : CarStep.NeedMore.Instance;
}
