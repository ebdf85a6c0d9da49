using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Cloud;
using Qrossing.Core.Errors;
using Qrossing.Core.Storage;

namespace Qrossing.Gateway.Rest.Storage;

/// <summary>Answers a GET or HEAD of an object (RFC 9110): 1. conditions, 2. range, 3. headers, 4. verified bytes.</summary>
internal sealed class ObjectReading(Objects objects)
{
    private const int ChunkSize = 256 * 1024;

    /// <summary>Writes the response.</summary>
    public async Task<Answer> AnswerAsync(GatewayCall call, ObjectRecord record)
    {
        var (request, response) = (call.Http.Request, call.Http.Response);
        var etag = $"\"{record.Cid}\"";
        response.Headers.ETag = etag;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-cache";

        // 1. Conditions (section 13.1.2).
        if (Matches(request.Headers.IfNoneMatch.ToString(), etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Answer.Written;
        }

        // 2. Range, of a GET only (section 14.2); If-Range with another validator asks for the whole (section 13.1.5).
        var ifRange = request.Headers.IfRange.ToString();
        var asksForPart = HttpMethods.IsGet(request.Method) && (ifRange.Length == 0 || ifRange == etag);
        var range = ByteRange.Read(asksForPart ? request.Headers.Range.ToString() : null, record.Size);
        if (range.Kind == ByteRangeKind.Unsatisfiable)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{record.Size}");
            return new Refusal(StorageErrors.RangeInvalid, $"The object has {record.Size} bytes.");
        }

        return HttpMethods.IsHead(request.Method) ? Head(response, record, range) : await SendAsync(call, record, range);
    }

    private static Answer Head(HttpResponse response, ObjectRecord record, ByteRange range)
    {
        Describe(response, record, range);
        return Answer.Written;
    }

    private async Task<Answer> SendAsync(GatewayCall call, ObjectRecord record, ByteRange range)
    {
        var content = await objects.OpenAsync(call.Context, record, range.Offset, range.Kind == ByteRangeKind.Part ? range.Length : null, call.Aborted);
        if (!content.IsSuccess)
        {
            return content.Refusal;
        }

        await using var opened = content.Value;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            // The first chunk is read before the status is sent: content that is corrupt from the start gets a problem document, later it gets a cut.
            var read = await opened.Body.ReadAsync(buffer, call.Aborted);
            Describe(call.Http.Response, record, range);
            while (read > 0)
            {
                await call.Http.Response.Body.WriteAsync(buffer.AsMemory(0, read), call.Aborted);
                read = await opened.Body.ReadAsync(buffer, call.Aborted);
            }

            return Answer.Written;
        }
        catch (ContentCorruptException)
        {
            var response = call.Http.Response;
            if (!response.HasStarted)
            {
                response.Headers.ETag = response.Headers.ContentRange = default;
                response.ContentLength = null;
                return new Refusal(StorageErrors.Corrupt, $"The content of {record.Cid} does not match its id.");
            }

            call.Http.Abort();
            return Answer.Written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Describe(HttpResponse response, ObjectRecord record, ByteRange range)
    {
        response.StatusCode = range.Kind == ByteRangeKind.Part ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        response.ContentType = MediaTypeText.Fits(record.ContentType) ? record.ContentType : MediaTypeText.OctetStream; // older uploads were not checked
        response.ContentLength = range.Length;

        // A caller's HTML must not run as a page of the gateway.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (range.Kind == ByteRangeKind.Part)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{record.Size}");
        }
    }

    // Weak comparison (section 8.8.3.2).
    private static bool Matches(string header, string etag) =>
        header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(tag => tag == "*" || tag == etag || (tag.StartsWith("W/", StringComparison.Ordinal) && tag[2..] == etag));
}
