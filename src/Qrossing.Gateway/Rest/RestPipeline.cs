using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Qrossing.Core.Access;
using Qrossing.Core.Effects;
using Qrossing.Core.Errors;
using Qrossing.Formats.Json;
using Qrossing.Gateway.Authentication;
using Qrossing.Gateway.Authorization;
using Qrossing.Gateway.Observability;
using Qrossing.Gateway.Problems;

namespace Qrossing.Gateway.Rest;

/// <summary>
/// The order of checks of every authenticated endpoint (contract, HTTP): 1. credential, 2. permission, 3. media type, 4. size, 5. syntax; the handler
/// then judges content (422) and state (404, 409). Routing (404, 405) came before. Nothing about a path parameter or a body is said before 401.
/// </summary>
internal sealed class RestPipeline(CredentialReader credentials, DenialAudit denials)
{
    private const string Replayed = "Idempotency-Replayed";
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The endpoint's request delegate.</summary>
    public RequestDelegate Wrap(EndpointRule rule, Func<GatewayCall, Task> handler) => async http =>
    {
        // 1. Credential.
        var caller = await credentials.AuthenticateAsync(http);
        if (caller is null)
        {
            denials.Unauthenticated(http);
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"qrossing\", ApiKey realm=\"qrossing\"";
            await ProblemWriter.WriteAsync(http, new Refusal(AccessErrors.Unauthenticated, "The request carries no credential that is valid now."));
            return;
        }

        // 2. Permission.
        if (rule.Permission is { } permission && !caller.Has(permission))
        {
            denials.Forbidden(http, caller, permission);
            await ProblemWriter.WriteAsync(http, new Refusal(AccessErrors.Forbidden, $"The permission '{permission}' is missing."));
            return;
        }

        // 3. to 5. Body.
        var (body, refusal) = await ReadBodyAsync(http, rule);
        using (body)
        {
            refusal ??= KeyError(http, rule);
            if (refusal is not null)
            {
                await ProblemWriter.WriteAsync(http, refusal);
                return;
            }

            var context = new RequestContext(caller, RequestIds.Of(http), GatewayTelemetry.TraceParent);
            var call = new GatewayCall(http, context, body?.Document.RootElement ?? default, body?.Bytes ?? default)
            {
                IdempotencyKey = rule.CausesEffect && KeyOf(http) is { Length: > 0 } key ? key : null,
                Wait = rule.CausesEffect ? WaitOf(http) : TimeSpan.Zero,
            };
            await handler(call);
        }
    };

    /// <summary>Marks an answer as that of an earlier request.</summary>
    public static void MarkReplayed(HttpContext http) => http.Response.Headers[Replayed] = "true";

    private static string? KeyOf(HttpContext http) => http.Request.Headers["Idempotency-Key"] is { Count: > 0 } values ? values.ToString() : null;

    private static Refusal? KeyError(HttpContext http, EndpointRule rule)
    {
        if (!rule.CausesEffect)
        {
            return null;
        }

        return KeyOf(http) switch
        {
            null when rule.KeyRequired => new Refusal(EffectErrors.KeyRequired, "This request needs an Idempotency-Key."),
            null => null,
            var key when key.Length is 0 or > 255 || key.Any(static c => c is <= ' ' or > '~') =>
                new Refusal(EffectErrors.KeyInvalid, "The Idempotency-Key is not 1 to 255 visible ASCII characters."),
            _ => null,
        };
    }

    // RFC 7240 section 4.3. A preference that cannot be read is ignored (section 2); one above the limit is cut to it.
    private static TimeSpan WaitOf(HttpContext http)
    {
        foreach (var preference in http.Request.Headers["Prefer"].SelectMany(static value => (value ?? string.Empty).Split(',')))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["wait", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                var wait = TimeSpan.FromSeconds(seconds);
                wait = wait > LongestWait ? LongestWait : wait;
                http.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
                return wait;
            }
        }

        return DefaultWait;
    }

    private static async Task<(JsonBody? Body, Refusal? Refusal)> ReadBodyAsync(HttpContext http, EndpointRule rule)
    {
        if (rule.Body == BodyKind.None)
        {
            return (null, null);
        }

        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? http.Request.ContentLength > 0;
        if (hasBody && rule.MediaTypes.Count > 0 && MediaTypeError(http, rule) is { } wrongType)
        {
            return (null, wrongType);
        }

        if (rule.Body == BodyKind.Raw)
        {
            return (null, null);
        }

        if (http.Request.ContentLength > rule.MaxBodyBytes)
        {
            return (null, TooLarge(rule));
        }

        var bytes = hasBody ? await ReadAsync(http, rule.MaxBodyBytes) : [];
        if (bytes is null)
        {
            return (null, TooLarge(rule));
        }

        if (bytes.Length == 0)
        {
            return (null, new Refusal(HttpErrors.BodyMissing, "The request has no body."));
        }

        return StrictJson.TryParse(bytes, out var document, out var problem)
            ? (new JsonBody(document, bytes), null)
            : (null, new Refusal(HttpErrors.JsonSyntax, $"{problem.Message} (byte {problem.ByteOffset}).")
            {
                Errors = [new FieldError(problem.Pointer, "syntax", problem.Message)],
            });
    }

    private static Refusal? MediaTypeError(HttpContext http, EndpointRule rule)
    {
        var given = http.Request.ContentType;
        var taken = MediaTypeHeaderValue.TryParse(given, out var parsed)
            && rule.MediaTypes.Contains(parsed.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)
            && (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        return taken ? null : new Refusal(HttpErrors.UnsupportedMediaType, $"This path takes {string.Join(", ", rule.MediaTypes)} in UTF-8.");
    }

    private static Refusal TooLarge(EndpointRule rule) => new(HttpErrors.TooLarge, $"The body is larger than {rule.MaxBodyBytes} bytes.");

    private static async Task<byte[]?> ReadAsync(HttpContext http, long limit)
    {
        using var buffer = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 1024, limit));
        var chunk = new byte[8 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted);
        }

        return buffer.ToArray();
    }

    private sealed record JsonBody(JsonDocument Document, byte[] Bytes) : IDisposable
    {
        public void Dispose() => Document.Dispose();
    }
}
