using System.Buffers;
using System.Security.Cryptography;

namespace Qrossing.Formats.Ipld;

/// <summary>
/// Computes CID and digests of content as it passes, in the default CID profile. Keeps 32 bytes for every 256 KiB, so
/// 2 GiB take 256 KiB of memory. Not thread-safe.
/// </summary>
public sealed class UnixFsBuilder : IDisposable
{
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _leaf = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _leafDigests = new();
    private int _leafLength;
    private long _size;
    private bool _finished;

    /// <summary>Takes the next bytes of the content, in pieces of any size.</summary>
    /// <exception cref="InvalidOperationException">After <see cref="Finish"/>.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        DemandUnfinished();
        _whole.AppendData(bytes);
        _size += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, UnixFsLayout.ChunkSize - _leafLength)];
            _leaf.AppendData(piece);
            _leafLength += piece.Length;
            bytes = bytes[piece.Length..];
            if (_leafLength == UnixFsLayout.ChunkSize)
            {
                FinishLeaf();
            }
        }
    }

    /// <summary>The result over all bytes taken; may be called once.</summary>
    /// <exception cref="InvalidOperationException">When called again.</exception>
    public UnixFsFile Finish()
    {
        DemandUnfinished();
        _finished = true;
        if (_leafLength > 0 || _size == 0)
        {
            FinishLeaf();
        }

        var leafDigests = _leafDigests.WrittenSpan.ToArray();
        return new UnixFsFile(UnixFsLayout.RootOf(leafDigests, _size), _size, _whole.GetHashAndReset(), leafDigests);
    }

    public void Dispose()
    {
        _whole.Dispose();
        _leaf.Dispose();
    }

    private void FinishLeaf()
    {
        _leafDigests.Advance(_leaf.GetHashAndReset(_leafDigests.GetSpan(SHA256.HashSizeInBytes)));
        _leafLength = 0;
    }

    private void DemandUnfinished()
    {
        if (_finished)
        {
            throw new InvalidOperationException("The content is finished.");
        }
    }
}
