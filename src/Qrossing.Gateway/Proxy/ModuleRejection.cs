using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Modules;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Proxy;

/// <summary>A module's error reply as a problem document (<see cref="ModuleRefusal"/>).</summary>
internal static class ModuleRejection
{
    /// <summary>Answers the caller.</summary>
    public static async Task WriteAsync(HttpContext http, HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var status = (int)reply.StatusCode;
        var body = await ReadAsync(reply, cancellationToken);
        var response = http.Response;
        response.ContentLength = null;
        response.Headers.Remove("Content-Encoding");
        response.Headers.ETag = default;
        await ProblemWriter.WriteAsync(http, ModuleRefusal.Of(status, body) with { RetryAfter = reply.Headers.RetryAfter?.Delta });
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        if (reply.Content.Headers.ContentLength > ModuleRefusal.MaxReply)
        {
            return null;
        }

        await using var sent = await reply.Content.ReadAsStreamAsync(cancellationToken);
        await using var stream = Decoded(sent, reply.Content.Headers.ContentEncoding);
        if (stream is null)
        {
            return null;
        }

        var buffer = new byte[ModuleRefusal.MaxReply + 1];
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return length > ModuleRefusal.MaxReply ? null : buffer[..length];
        }
        catch (InvalidDataException)
        {
            return null; // not in the coding that it says
        }
    }

    // The caller chose the coding, but this answer is written anew. Several codings on one another are not undone.
    private static Stream? Decoded(Stream sent, ICollection<string> codings) => codings.Count switch
    {
        0 => sent,
        1 => codings.Single().ToLowerInvariant() switch
        {
            "identity" => sent,
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => null,
        },
        _ => null,
    };
}
