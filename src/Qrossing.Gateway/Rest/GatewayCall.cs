using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Access;
using Qrossing.Core.Binding;
using Qrossing.Core.Effects.Running;
using Qrossing.Core.Errors;
using Qrossing.Formats.Json;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest;

/// <summary>A request that passed the checks of its <see cref="EndpointRule"/>.</summary>
internal sealed class GatewayCall(HttpContext http, RequestContext context, JsonElement body, ReadOnlyMemory<byte> rawBody)
{
    private const string Json = "application/json";

    /// <summary>The HTTP request and answer.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>Who asks.</summary>
    public RequestContext Context { get; } = context;

    /// <summary>The tenant it acts in.</summary>
    public TenantId Tenant => Context.Caller.Tenant;

    /// <summary>The JSON body; undefined without one.</summary>
    public JsonElement Body { get; } = body;

    /// <summary>The JSON body's bytes as received.</summary>
    public ReadOnlyMemory<byte> RawBody { get; } = rawBody;

    /// <summary>The caller's idempotency key; null without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the caller waits for an outcome.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Ends when the caller goes away.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A path parameter, percent-decoded.</summary>
    public string Path(string name) => Http.GetRouteValue(name) as string ?? string.Empty;

    /// <summary>A query parameter; null when it is absent or empty. Declared ones are text without control characters, given once (<see cref="RequestQuery"/>).</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The id in the path; null when it does not read as one, which means that there is no such thing.</summary>
    public TId? Id<TId>(string name = "id")
        where TId : struct, ITypedId<TId> => IdText.TryParse<TId>(Path(name), out var id) ? id : null;

    /// <summary>The body as a record; 422 with everything that is wrong.</summary>
    public Result<T> Bind<T>()
        where T : class =>
        JsonBinder.TryBind<T>(Body, out var value, out var errors) && value is not null
            ? value
            : Invalid(errors);

    /// <summary>422.</summary>
    public static Refusal Invalid(IReadOnlyList<FieldError> errors) => new(HttpErrors.BodyInvalid, "The body does not fit.") { Errors = errors };

    /// <summary>422 for a query parameter.</summary>
    public static Refusal InvalidQuery(string name, string code, string message) =>
        new(HttpErrors.QueryInvalid, "A query parameter does not fit.") { Errors = [new FieldError($"?{name}", code, message)] };

    /// <summary>
    /// What makes two requests with a JSON body the same (effects, Idempotency for callers). Refusal: a number that binary64 cannot hold exactly, when
    /// the caller wants repeats recognised.
    /// </summary>
    public Result<string> Fingerprint()
    {
        if (Jcs.TryCanonicalizeExact(Body, out var canonical, out var pointer))
        {
            return FingerprintOf(Json, SHA256.HashData(canonical));
        }

        return IdempotencyKey is null ? FingerprintOf(Json, SHA256.HashData(RawBody.Span)) : Inexact(pointer);
    }

    /// <summary>As <see cref="Fingerprint"/>, for an endpoint that takes any body: JSON counts by what it says, everything else by its bytes.</summary>
    public Result<string> FingerprintOfRaw(byte[] body)
    {
        if (RequestBody.MediaTypeError(Http, [Json]) is null && StrictJson.TryParse(body, out var document, out _))
        {
            using (document)
            {
                return Jcs.TryCanonicalizeExact(document.RootElement, out var canonical, out var pointer)
                    ? FingerprintOf(Json, SHA256.HashData(canonical))
                    : Inexact(pointer);
            }
        }

        return FingerprintOf(Http.Request.ContentType ?? string.Empty, SHA256.HashData(body));
    }

    /// <summary>The fingerprint with a body's hash that is known already.</summary>
    public string FingerprintOf(string contentType, ReadOnlySpan<byte> bodyHash) => RequestFingerprint.Compute(
        Http.Request.Method,
        Http.Request.Path.Value ?? "/",
        Http.Request.Query.SelectMany(static pair => pair.Value, static (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty)),
        contentType,
        bodyHash);

    private static Refusal Inexact(string pointer) =>
        Invalid([new FieldError(pointer, "number", "With an idempotency key, numbers must be exact in binary64; send greater ones as strings.")]);
}
