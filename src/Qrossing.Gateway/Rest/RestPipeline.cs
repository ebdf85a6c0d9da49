using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
internal sealed class RestPipeline(CredentialReader credentials, DenialAuditWorker denials)
{
    private const int LongestKey = 255;

    /// <summary>The endpoint's request delegate.</summary>
    public RequestDelegate Wrap(EndpointRule rule, Func<GatewayCall, Task> handler) => async http =>
    {
        // 1. and 2. Credential, permission.
        if (await AdmitAsync(http, rule.Permission) is not { } caller)
        {
            return;
        }

        // 3. to 5. Body.
        RequestBody.Limit(http, rule.MaxBodyBytes);
        var (body, refusal) = await ReadBodyAsync(http, rule);
        using (body)
        {
            refusal ??= KeyError(http, rule) ?? QueryError(http, rule);
            if (refusal is not null)
            {
                await ProblemWriter.WriteAsync(http, refusal);
                return;
            }

            var context = new RequestContext(caller, RequestIds.Of(http), GatewayTelemetry.TraceParent);
            await handler(new GatewayCall(http, context, body?.Document.RootElement ?? default, body?.Bytes ?? default)
            {
                IdempotencyKey = rule.CausesEffect && KeyOf(http) is { Length: > 0 } key ? key : null,
                Wait = rule.CausesEffect || rule.Waits ? WaitOf(http) : TimeSpan.Zero,
            });
        }
    };

    /// <summary>The caller, when it has a credential and the permission; else null, and the refusal is written.</summary>
    public async ValueTask<Caller?> AdmitAsync(HttpContext http, string? permission)
    {
        var caller = await credentials.AuthenticateAsync(http);
        if (caller is null)
        {
            denials.Unauthenticated(http);
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"qrossing\", ApiKey realm=\"qrossing\"";
            await ProblemWriter.WriteAsync(http, new Refusal(AccessErrors.Unauthenticated, "The request carries no credential that is valid now."));
            return null;
        }

        if (permission is null || caller.Has(permission))
        {
            return caller;
        }

        denials.Forbidden(http, caller, permission);
        await ProblemWriter.WriteAsync(http, new Refusal(AccessErrors.Forbidden, $"The permission '{permission}' is missing."));
        return null;
    }

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
            var key when key.Length is 0 or > LongestKey || key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 =>
                new Refusal(EffectErrors.KeyInvalid, "The Idempotency-Key is not 1 to 255 visible ASCII characters."),
            _ => null,
        };
    }

    // PostgreSQL has no text with U+0000, and no parameter of ours means anything with it.
    private static Refusal? QueryError(HttpContext http, EndpointRule rule) =>
        !rule.RelaysQuery && http.Request.Query.FirstOrDefault(static pair => pair.Value.Any(static value => value?.Contains('\0', StringComparison.Ordinal) == true)).Key is { } name
            ? GatewayCall.InvalidQuery(name, "format", "Must not contain U+0000.")
            : null;

    private static TimeSpan WaitOf(HttpContext http)
    {
        if (WaitPreference.Read(http.Request.Headers["Prefer"]) is not { } wait)
        {
            return WaitPreference.Default;
        }

        http.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
        return wait;
    }

    private static async ValueTask<(JsonBody? Body, Refusal? Refusal)> ReadBodyAsync(HttpContext http, EndpointRule rule)
    {
        if (rule.Body == BodyKind.None)
        {
            return (null, null);
        }

        if (rule.MediaTypes.Count > 0 && RequestBody.IsPresent(http) && RequestBody.MediaTypeError(http, rule.MediaTypes) is { } wrongType)
        {
            return (null, wrongType);
        }

        if (rule.MaxBodyBytes is not { } limit)
        {
            return (null, null);
        }

        if (http.Request.ContentLength > limit)
        {
            return (null, RequestBody.TooLarge(limit));
        }

        return rule.Body == BodyKind.Raw ? (null, null) : await ReadJsonAsync(http, limit);
    }

    private static async Task<(JsonBody? Body, Refusal? Refusal)> ReadJsonAsync(HttpContext http, long limit)
    {
        var bytes = await RequestBody.ReadAsync(http, limit);
        if (bytes is null)
        {
            return (null, RequestBody.TooLarge(limit));
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

    private sealed record JsonBody(JsonDocument Document, byte[] Bytes) : IDisposable
    {
        public void Dispose() => Document.Dispose();
    }
}
