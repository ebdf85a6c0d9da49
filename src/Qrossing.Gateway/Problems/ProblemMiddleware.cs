using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Qrossing.Core.Errors;
using Qrossing.Core.Persistence;
using Qrossing.Core.Storage;

namespace Qrossing.Gateway.Problems;

/// <summary>The one exception handler, and the one place where an error status without a body gets one.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, RequestIds ids, ErrorTable errors, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ids.Assign(context);
        try
        {
            // RFC 9112 section 6.1: a coding under the chunks that nobody undoes would be taken for the content.
            if (context.Request.Headers.TransferEncoding is { Count: > 0 } codings && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                await ProblemWriter.WriteAsync(context, new Refusal(HttpErrors.TransferCoding, "The only transfer coding taken is 'chunked'."));
                return;
            }

            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await ProblemWriter.WriteAsync(context, RefusalOf(context.Response.StatusCode));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away; what was recorded goes on by itself.
        }
        catch (BadHttpRequestException bad)
        {
            await ProblemWriter.WriteAsync(context, RefusalOf(bad.StatusCode));
        }
        catch (StorageUnavailableException trouble)
        {
            // One line, without the trace: with a full disk or a lost database every request comes here, and whoever holds the disk has told the cause.
            HttpLog.StorageRefused(log, trouble.Message, trouble.Code, RequestIds.Of(context));
            await ProblemWriter.WriteAsync(context, new Refusal(errors.Find(trouble.Code) ?? StorageErrors.Lost, DetailOf(context.Request.Method))
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            });
        }
        catch (Exception bug)
        {
            HttpLog.RequestFailed(log, bug, context.Request.Method, RequestIds.Of(context));
            await ProblemWriter.WriteAsync(context, new Refusal(HttpErrors.Internal, "An unexpected error ended the request."));
        }
    }

    private static string DetailOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? "The gateway's storage does not answer now." : "The gateway could not store the request.";

    private static Refusal RefusalOf(int status) => status switch
    {
        404 => new Refusal(HttpErrors.NotFound, "This gateway has nothing at this path."),
        405 => new Refusal(HttpErrors.MethodNotAllowed, "The path exists, but not for this method."),
        408 => new Refusal(HttpErrors.RequestTimeout, "The body did not arrive in time."),
        413 => new Refusal(HttpErrors.TooLarge, "The body is larger than this path takes."),
        415 => new Refusal(HttpErrors.UnsupportedMediaType, "The media type is not taken here."),
        503 => new Refusal(HttpErrors.Stopping, "The gateway takes no new requests."),
        >= 500 => new Refusal(HttpErrors.Internal, "An unexpected error ended the request."),
        _ => new Refusal(HttpErrors.BadRequest, "The request could not be read."),
    };
}
