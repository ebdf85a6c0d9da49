using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Errors;
using Qrossing.Core.Modules;
using Qrossing.Formats.Json;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Proxy;

/// <summary>
/// A module's error reply as a problem document: <c>modules.rejected</c> with the module's own status; <c>moduleCode</c> is the code in its envelope, and
/// <c>moduleReply</c> its reply where that is JSON of at most 64 KiB. It is the caller's own exchange with the module: nothing of it is hidden.
/// </summary>
internal static class ModuleRejection
{
    private const int MaxReply = 64 * 1024;

    /// <summary>Answers the caller.</summary>
    public static async Task WriteAsync(HttpContext http, HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var status = (int)reply.StatusCode;
        var body = await ReadAsync(reply, cancellationToken);
        var response = http.Response;
        response.ContentLength = null;
        response.Headers.Remove("Content-Encoding");
        response.Headers.ETag = default;
        using var document = body is not null && StrictJson.TryParse(body, out var parsed, out _) ? parsed : null;
        var refusal = new Refusal(ModuleErrors.Rejected with { Status = status }, $"The module answered {status}.")
        {
            RetryAfter = reply.Headers.RetryAfter?.Delta,
            Extensions = Extensions(document?.RootElement),
        };
        await ProblemWriter.WriteAsync(http, refusal);
    }

    private static Dictionary<string, JsonElement> Extensions(JsonElement? reply)
    {
        var extensions = new Dictionary<string, JsonElement>();
        if (reply is not { } json)
        {
            return extensions;
        }

        // Two envelopes are in use: {status, code, message} and {success, error: {code} | "CODE"}.
        if (json.ValueKind == JsonValueKind.Object)
        {
            var holder = json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error : json;
            if (holder.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String)
            {
                extensions["moduleCode"] = code;
            }
        }

        extensions["moduleReply"] = json;
        return extensions;
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        if (reply.Content.Headers.ContentLength > MaxReply)
        {
            return null;
        }

        await using var sent = await reply.Content.ReadAsStreamAsync(cancellationToken);
        await using var stream = Decoded(sent, reply.Content.Headers.ContentEncoding);
        if (stream is null)
        {
            return null;
        }

        var buffer = new byte[MaxReply + 1];
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return length > MaxReply ? null : buffer[..length];
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
