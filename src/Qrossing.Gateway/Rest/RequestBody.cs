using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest;

/// <summary>The body of a request: whether it has one, of which media type, and its bytes up to a limit.</summary>
internal static class RequestBody
{
    private const int FirstBuffer = 1024;
    private const int ChunkSize = 8 * 1024;

    /// <summary>Whether one can follow.</summary>
    public static bool IsPresent(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? http.Request.ContentLength > 0;

    /// <summary>415 when the media type is none of these, or not in UTF-8.</summary>
    public static Refusal? MediaTypeError(HttpContext http, IReadOnlyList<string> taken) =>
        MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var given)
        && taken.Contains(given.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)
        && (!given.Charset.HasValue || HeaderUtilities.RemoveQuotes(given.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? null
            : new Refusal(HttpErrors.UnsupportedMediaType, $"This path takes {string.Join(", ", taken)} in UTF-8.");

    /// <summary>415 for a coded body (RFC 9110 section 15.5.16): what is hashed and signed is the text itself.</summary>
    public static Refusal? CodingError(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding.All(static coding => string.IsNullOrEmpty(coding) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        http.Response.Headers.AcceptEncoding = "identity";
        return new Refusal(HttpErrors.UnsupportedMediaType, "This path takes no Content-Encoding.");
    }

    /// <summary>413.</summary>
    public static Refusal TooLarge(long limit) => new(HttpErrors.TooLarge, $"The body is larger than {limit} bytes.");

    /// <summary>The whole body; null when it is larger than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext http, long limit)
    {
        if (http.Request.ContentLength > limit)
        {
            return null;
        }

        if (!IsPresent(http))
        {
            return [];
        }

        var body = new CheckedBody(http.Request.Body);
        using var buffer = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? FirstBuffer, limit));
        var chunk = new byte[ChunkSize];
        int read;
        while ((read = await body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted);
        }

        return buffer.ToArray();
    }

    /// <summary>Sets how much of the body the server reads at most; null: no limit.</summary>
    public static void Limit(HttpContext http, long? bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes;
        }
    }
}
