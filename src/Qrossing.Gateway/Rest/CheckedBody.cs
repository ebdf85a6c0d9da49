using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Qrossing.Gateway.Rest;

/// <summary>
/// A request's body in which trouble of the sender is a bad request. The server and the multipart reader report a chunk size beyond all bounds or a form
/// that ends too early as I/O errors, which elsewhere mean the gateway's own disk.
/// </summary>
internal sealed class CheckedBody(Stream body) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether an exception of a body's reader is the sender's doing.</summary>
    public static bool IsMalformed(Exception failure) =>
        failure is InvalidDataException or (IOException and not BadHttpRequestException and not ConnectionResetException);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (IsMalformed(failure))
        {
            throw new BadHttpRequestException("The body cannot be read to its end.", StatusCodes.Status400BadRequest, failure);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
