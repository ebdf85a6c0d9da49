using Qrossing.Core.Errors;

namespace Qrossing.Gateway.Problems;

/// <summary>Errors of HTTP itself.</summary>
public static class HttpErrors
{
    public static readonly ErrorCode NotFound = new("http.not_found", 404, "No such path", "Look the path up in the reference page at /docs. What is not built yet answers this too.");
    public static readonly ErrorCode MethodNotAllowed = new("http.method_not_allowed", 405, "The path does not take this method", "Use one of the methods in the Allow header.");
    public static readonly ErrorCode UnsupportedMediaType = new("http.unsupported_media_type", 415, "The body's media type is not taken here", "Send the media type that the reference page names.");
    public static readonly ErrorCode TooLarge = new("http.body_too_large", 413, "The body is too large", "Send at most what the reference page states for this path (1 MiB unless it says otherwise).");
    public static readonly ErrorCode BodyMissing = new("json.body_missing", 400, "A JSON body is required", "Send a JSON object.");
    public static readonly ErrorCode JsonSyntax = new("json.syntax", 400, "The body is not strict JSON", "Send UTF-8 JSON (RFC 8259) without repeated member names, at most 64 levels deep, without lone surrogates.");
    public static readonly ErrorCode BodyInvalid = new("body.invalid", 422, "The body does not fit", "Correct every member that 'errors' points at.");
    public static readonly ErrorCode QueryInvalid = new("query.invalid", 422, "A query parameter does not fit", "Correct every parameter that 'errors' points at.");
    public static readonly ErrorCode HeaderInvalid = new("header.invalid", 400, "A header does not fit", "Correct the header that the detail names.");
    public static readonly ErrorCode BadRequest = new("http.bad_request", 400, "The request could not be read", "Send well-formed HTTP.");
    public static readonly ErrorCode TransferCoding = new("http.transfer_coding", 501, "The transfer coding is not known here", "Send the body with Content-Length, or with Transfer-Encoding: chunked alone.");
    public static readonly ErrorCode RequestTimeout = new("http.request_timeout", 408, "The body arrived too slowly", "Send the body faster, or in parts.", Retryable: true);
    public static readonly ErrorCode Internal = new("http.internal", 500, "The gateway made a mistake", "Nothing is known to be lost. Report the trace id; effects recorded by this request go on by themselves.", Retryable: true);
    public static readonly ErrorCode Stopping = new("http.stopping", 503, "The gateway is stopping", "Send the request again with the same idempotency key.", Retryable: true);
}
