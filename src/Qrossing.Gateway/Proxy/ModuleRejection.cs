using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Qrossing.Core.Errors;
using Qrossing.Core.Modules;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Proxy;

/// <summary>A module's error reply as a problem document (<see cref="ModuleRefusal"/>).</summary>
internal static class ModuleRejection
{
    private static readonly object StatusKey = new();

    /// <summary>Answers the caller; 504 <c>modules.outcome_unknown</c> where the status leaves open what became of a request that changes something.</summary>
    public static async Task WriteAsync(HttpContext http, HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var status = (int)reply.StatusCode;
        var body = await ReadAsync(reply, cancellationToken);
        var response = http.Response;
        response.ContentLength = null;
        response.Headers.Remove("Content-Encoding");
        response.Headers.ETag = default;
        response.Headers.Location = default;
        http.Items[StatusKey] = status;
        var refusal = ModuleRefusal.Of(status, body);
        await ProblemWriter.WriteAsync(http, MayHaveHappened(http.Request.Method, status)
            ? new Refusal(ModuleErrors.OutcomeUnknown, $"The module answered {status}, which leaves open whether the request took effect.") { EffectOutcome = "unknown", Extensions = refusal.Extensions }
            : refusal with { RetryAfter = reply.Headers.RetryAfter?.Delta });
    }

    /// <summary>The module's own status of an answer that was written here; null when there is none.</summary>
    public static int? StatusOf(HttpContext http) => http.Items.TryGetValue(StatusKey, out var status) ? (int?)status : null;

    /// <summary>A 5xx, a 408 and a 3xx to a request that changes something are no refusal (effects.md, Evidence).</summary>
    public static bool MayHaveHappened(string method, int status) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)) && status is >= 500 or 408 or (>= 300 and < 400);

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
