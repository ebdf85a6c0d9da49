using System.Security.Cryptography;
using Qrossing.Abstractions.Cloud;
using Qrossing.Formats.Ipld;

namespace Qrossing.Connectors.Cloud.Local;

/// <summary>
/// A range of stored content. Each chunk is read whole and compared with its digest before any byte of it is handed out, so a
/// range costs at most one chunk more at either end, and memory is one chunk whatever the size. Forward only.
/// </summary>
internal sealed class VerifiedContent : Stream
{
    private readonly Stream _blob;
    private readonly ReadOnlyMemory<byte> _leafDigests;
    private readonly byte[] _chunk = new byte[UnixFsLayout.ChunkSize];
    private readonly long _end;
    private int _chunkLength;
    private int _loadedChunk = -1;
    private long _position;

    /// <param name="blob">The content from its first byte, seekable; disposed with this stream.</param>
    /// <param name="leafDigests">Digests that were checked against the CID.</param>
    /// <param name="start">First byte of the range.</param>
    /// <param name="end">The byte behind the range, at most the content's size.</param>
    public VerifiedContent(Stream blob, ReadOnlyMemory<byte> leafDigests, long start, long end) =>
        (_blob, _leafDigests, _position, _end) = (blob, leafDigests, start, end);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position >= _end)
        {
            return 0;
        }

        var chunk = (int)(_position / UnixFsLayout.ChunkSize);
        if (chunk != _loadedChunk)
        {
            await LoadAsync(chunk, cancellationToken);
        }

        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Content is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _blob.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _blob.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask LoadAsync(int chunk, CancellationToken cancellationToken)
    {
        // Forgotten first: after a failure the next read starts over and cannot see bytes that were not verified.
        _loadedChunk = -1;
        _blob.Position = (long)chunk * UnixFsLayout.ChunkSize;
        _chunkLength = await _blob.ReadAtLeastAsync(_chunk, _chunk.Length, throwOnEndOfStream: false, cancellationToken);
        var expected = _leafDigests.Slice(chunk * LocalWire.DigestBytes, LocalWire.DigestBytes);
        if (!SHA256.HashData(_chunk.AsSpan(0, _chunkLength)).AsSpan().SequenceEqual(expected.Span))
        {
            throw new ContentCorruptException($"Chunk {chunk} of the stored content does not match its digest.");
        }

        _loadedChunk = chunk;
    }

    private int Take(Span<byte> buffer)
    {
        var from = (int)(_position % UnixFsLayout.ChunkSize);
        var count = (int)Math.Min(Math.Min(buffer.Length, _chunkLength - from), _end - _position);
        _chunk.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
