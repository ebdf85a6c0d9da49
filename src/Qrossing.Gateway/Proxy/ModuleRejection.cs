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
        using var document = body is not null && StrictJson.TryParse(body, out var parsed, out _) ? parsed : null;
        var refusal = MayHaveHappened(http.Request.Method, status)
            ? new Refusal(ModuleErrors.OutcomeUnknown, $"The module answered {status}, which leaves open whether the request took effect.") { EffectOutcome = "unknown" }
            : new Refusal(ModuleErrors.Rejected with { Status = status }, $"The module answered {status}.") { RetryAfter = reply.Headers.RetryAfter?.Delta };
        refusal = refusal with { Extensions = Extensions(document?.RootElement) };
        http.Items[StatusKey] = status;
        await ProblemWriter.WriteAsync(http, refusal);
    }

    /// <summary>The module's own status of an answer that was written here; null when there is none.</summary>
    public static int? StatusOf(HttpContext http) => http.Items.TryGetValue(StatusKey, out var status) ? (int?)status : null;

    /// <summary>A 5xx, a 408 and a 3xx to a request that changes something are no refusal (effects.md, Evidence).</summary>
    public static bool MayHaveHappened(string method, int status) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)) && status is >= 500 or 408 or (>= 300 and < 400);

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

        await using var stream = await reply.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxReply + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxReply ? null : buffer[..length];
    }
}
