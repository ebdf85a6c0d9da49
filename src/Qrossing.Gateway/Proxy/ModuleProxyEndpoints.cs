using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Qrossing.Abstractions.Connectors;
using Qrossing.Abstractions.Modules;
using Qrossing.Core.Access;
using Qrossing.Core.Audit;
using Qrossing.Core.Connectors;
using Qrossing.Core.Errors;
using Qrossing.Core.Modules;
using Qrossing.Core.Persistence;
using Qrossing.Gateway.Problems;
using Qrossing.Gateway.Rest;
using Qrossing.Gateway.Rest.Effects;
using Yarp.ReverseProxy.Forwarder;

namespace Qrossing.Gateway.Proxy;

/// <summary>
/// <c>/m/{module}/...</c>: passes requests through to AnarQ&amp;Q modules. Safe methods are counted; others are sent at most once and audited, and with an
/// <c>Idempotency-Key</c> they become an effect. A lost reply to one that may have changed something is 504 <c>modules.outcome_unknown</c>.
/// </summary>
internal sealed class ModuleProxyEndpoints(
    ModuleTargets targets, ModuleCalls calls, ConnectorInvoker invoker, ConnectionGate gate, IHttpForwarder forwarder, IWriter writer) : IMapsEndpoints
{
    private const string Tag = "Modules";
    private const long MaxBody = 16 * 1024 * 1024;

    // What is recorded becomes a row of the database, and what is signed is held in memory.
    private const long MaxHeldBody = 1024 * 1024;
    private const string Pattern = "/m/{module}/{**rest}";

    private static readonly string[] SafeMethods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];
    private static readonly string[] UnsafeMethods = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(100),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    private static readonly IReadOnlyList<ErrorCode> Errors =
        [ConnectorErrors.NotFound, ConnectorErrors.CapabilityMissing, ConnectorErrors.Disabled, AccessErrors.EnvironmentMismatch, ModuleErrors.PathInvalid, ModuleErrors.UpgradeUnsupported, ModuleErrors.NotSendable, ModuleErrors.Unreachable, ModuleErrors.Rejected];

    public void Map(RestRoutes routes)
    {
        routes.Map(SafeMethods, Pattern, new EndpointRule(Permissions.ModulesRead)
        {
            Text = new EndpointText("readModule", Tag, "Passes a read through to a module. Success replies pass unchanged; error replies become problem documents.") { Errors = [.. Errors, ModuleErrors.NoReply] },
        }, call => Unfit(call) is { } unfit ? Task.FromResult<Answer>(unfit) : ForwardAsync(call));
        routes.Map(UnsafeMethods, Pattern, new EndpointRule(Permissions.ModulesWrite, BodyKind.Raw)
        {
            MaxBodyBytes = MaxBody,
            CausesEffect = true,
            Text = new EndpointText("writeModule", Tag, "Passes a write through to a module, at most once; with an Idempotency-Key it becomes an effect: recorded, replayed, probed.")
            {
                Description = "A body may have 16 MiB; 1 MiB with an Idempotency-Key, or where the connection signs it.",
                Errors = [.. Errors, ModuleErrors.OutcomeUnknown, HttpErrors.TooLarge],
            },
        }, call => Unfit(call) is { } unfit ? Task.FromResult<Answer>(unfit) : call.IdempotencyKey is null ? ForwardAsync(call) : SubmitAsync(call));
    }

    // A WebSocket would be a way to write with the permission to read, without an audit entry for anything that goes through it.
    private static Refusal? Unfit(GatewayCall call)
    {
        if (ModulePath.Climbs(ModuleTransformer.RestOf(call.Http.Request.Path).Value ?? string.Empty))
        {
            return new Refusal(ModuleErrors.PathInvalid, "The path has a segment '.' or '..'.");
        }

        return call.Http.Request.Headers.Upgrade.Any(static value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true)
            ? new Refusal(ModuleErrors.UpgradeUnsupported, "The request asks for a WebSocket.")
            : null;
    }

    private async Task<Answer> ForwardAsync(GatewayCall call)
    {
        if (gate.Check<ICallsModules>(call.Context.Caller, call.Path("module"), out var connection) is { } closed)
        {
            return closed;
        }

        var entered = targets.Enter(connection);
        if (!entered.IsSuccess)
        {
            return entered.Refusal;
        }

        var target = entered.Value;
        try
        {
            var prepared = await PrepareAsync(call, target);
            return prepared.IsSuccess ? await ForwardAsync(call, target, prepared.Value) : prepared.Refusal;
        }
        finally
        {
            target.Leave();
        }
    }

    private async Task<Answer> ForwardAsync(GatewayCall call, ModuleTarget target, PreparedModuleRequest prepared)
    {
        var kept = call.Http.Response.Headers.ToArray();
        var error = await forwarder.SendAsync(call.Http, target.Prefix, target.Client, Config, new ModuleTransformer(prepared), CancellationToken.None); // it watches the request itself: a second link to it would cost twice
        var isSafe = Array.IndexOf(SafeMethods, call.Http.Request.Method) >= 0;
        var outcome = error != ForwarderError.None ? OutcomeOf(call.Http)
            : ModuleRejection.StatusOf(call.Http) is { } status && ModuleRejection.MayHaveHappened(call.Http.Request.Method, status) ? ForwardOutcome.Doubtful
            : ForwardOutcome.Replied;
        Observe(target, outcome);
        if (!isSafe)
        {
            await AuditAsync(call, target.Record.Id, outcome);
        }

        if (outcome is ForwardOutcome.Replied or ForwardOutcome.Doubtful || call.Http.Response.HasStarted)
        {
            return Answer.Written;
        }

        Restore(call.Http.Response.Headers, kept);
        return RefusalOf(call, target.Record.Id, outcome, isSafe);
    }

    // A reply that failed half-way leaves some of the module's headers, and the forwarder may have cleared ours.
    private static void Restore(IHeaderDictionary headers, KeyValuePair<string, StringValues>[] kept)
    {
        headers.Clear();
        foreach (var (name, value) in kept)
        {
            headers[name] = value;
        }
    }

    /// <summary>The request as the connection sends it: the standard headers, and its signature, are the connection's matter, with and without a key.</summary>
    private async Task<Result<PreparedModuleRequest>> PrepareAsync(GatewayCall call, ModuleTarget target)
    {
        byte[] body = [];
        if (target.SignsBody)
        {
            if (await RequestBody.ReadAsync(call.Http, MaxHeldBody) is not { } read)
            {
                return TooLargeToHold("This connection signs the body");
            }

            body = read;
        }

        var request = RequestOf(call.Http, body);
        var prepared = await invoker.PrepareAsync<ICallsModules, PreparedModuleRequest>(
            call.Tenant, target.Record.Id, call.Context.RequestId, (module, sent, token) => module.PrepareModuleCallAsync(request, sent, token), call.Aborted);
        if (!prepared.IsSuccess)
        {
            return prepared.Fault.Kind == FaultKind.Invalid
                ? new Refusal(ModuleErrors.NotSendable, $"Connection '{target.Record.Id}' cannot pass the request on: {prepared.Fault.Code}.")
                : gate.RefusalOf(prepared.Fault, target.Record.Id);
        }

        if (target.SignsBody)
        {
            call.Http.Request.Body = new MemoryStream(prepared.Value.Body.ToArray(), writable: false);
            call.Http.Request.ContentLength = prepared.Value.Body.Length;
        }

        return prepared.Value;
    }

    private void Observe(ModuleTarget target, ForwardOutcome outcome)
    {
        if (outcome is ForwardOutcome.NotSent or ForwardOutcome.Replied or ForwardOutcome.Doubtful && (outcome == ForwardOutcome.NotSent) != target.IsMissed)
        {
            target.IsMissed = outcome == ForwardOutcome.NotSent;
            invoker.Observe(target.Record.Tenant, target.Record.Id, target.IsMissed ? ModuleErrors.Unreachable.Code : null);
        }
    }

    private async Task<Answer> SubmitAsync(GatewayCall call)
    {
        if (await RequestBody.ReadAsync(call.Http, MaxHeldBody) is not { } body)
        {
            return TooLargeToHold("With an Idempotency-Key the request is recorded");
        }

        var fingerprint = call.FingerprintOfRaw(body);
        return fingerprint.IsSuccess
            ? EffectAnswers.Of(
                call,
                await calls.CallAsync(call.Context, call.Path("module"), RequestOf(call.Http, body), fingerprint.Value, call.IdempotencyKey!, call.Wait, call.Aborted))
            : fingerprint.Refusal;
    }

    private static ModuleRequest RequestOf(HttpContext http, byte[] body) => new()
    {
        Method = http.Request.Method,
        PathAndQuery = PathAndQuery(http.Request),
        Headers = ModuleHeaders.EndToEnd(http),
        Body = body,
    };

    private static Refusal TooLargeToHold(string why) =>
        new(HttpErrors.TooLarge, $"{why}: its body may have at most {MaxHeldBody} bytes.");

    private static string PathAndQuery(HttpRequest request)
    {
        var path = ModuleTransformer.RestOf(request.Path);
        return (path.HasValue ? path.ToUriComponent() : "/") + request.QueryString.ToUriComponent();
    }

    private static ForwardOutcome OutcomeOf(HttpContext http) => http.Features.Get<IForwarderErrorFeature>() switch
    {
        { Exception: BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } } => ForwardOutcome.TooLarge,
        { Exception: AggregateException { InnerExceptions: var inner } } when inner.OfType<BadHttpRequestException>().Any(bad => bad.StatusCode == StatusCodes.Status413PayloadTooLarge) => ForwardOutcome.TooLarge,
        { Exception: HttpRequestException failure } when ConnectorHttp.FaultOf(failure).Kind == FaultKind.Unavailable => ForwardOutcome.NotSent,
        { Exception: AggregateException { InnerExceptions: var inner } } when inner.OfType<HttpRequestException>().Any(failure => ConnectorHttp.FaultOf(failure).Kind == FaultKind.Unavailable) => ForwardOutcome.NotSent,
        { Error: ForwarderError.RequestCreation or ForwarderError.NoAvailableDestinations } => ForwardOutcome.NotSent,
        _ => ForwardOutcome.Lost,
    };

    private static Refusal RefusalOf(GatewayCall call, string module, ForwardOutcome outcome, bool isSafe)
    {
        return outcome switch
        {
            ForwardOutcome.TooLarge => RequestBody.TooLarge(MaxBody),
            ForwardOutcome.NotSent => new Refusal(ModuleErrors.Unreachable, $"Module '{module}' cannot be reached; nothing was sent.") { RetryAfter = TimeSpan.FromSeconds(1) },
            _ when isSafe => new Refusal(ModuleErrors.NoReply, $"Module '{module}' did not answer."),
            _ => new Refusal(ModuleErrors.OutcomeUnknown, $"The reply of module '{module}' was lost; the request may have taken effect.") { EffectOutcome = "unknown" },
        };
    }

    // One entry for each write, after its reply is known. A write that left and was never entered is one that a crash cut off: with a key it would be an effect.
    private Task<bool> AuditAsync(GatewayCall call, string module, ForwardOutcome outcome)
    {
        var (status, method, path) = (ModuleRejection.StatusOf(call.Http) ?? call.Http.Response.StatusCode, call.Http.Request.Method, ModuleTransformer.RestOf(call.Http.Request.Path).Value ?? "/");
        return writer.WriteAsync(session =>
        {
            session.Append(new AuditDraft
            {
                Tenant = call.Tenant,
                Action = "modules.forwarded",
                Actor = call.Context.Caller.Credential,
                Subject = module,
                Verdict = "allow",
                RequestId = call.Context.RequestId,
                Payload = new JsonObject
                {
                    ["method"] = method,
                    ["path"] = path,
                    ["outcome"] = outcome switch
                    {
                        ForwardOutcome.Replied => "replied",
                        ForwardOutcome.NotSent => "not_sent",
                        ForwardOutcome.TooLarge => "refused",
                        _ => "unknown",
                    },
                    ["status"] = outcome is ForwardOutcome.Replied or ForwardOutcome.Doubtful ? status : null,
                },
            });
            return true;
        }, CancellationToken.None); // the caller may be gone; what happened is entered all the same
    }

    private enum ForwardOutcome
    {
        Replied,

        /// <summary>Replied with a status that leaves open what happened.</summary>
        Doubtful,
        NotSent,
        TooLarge,
        Lost,
    }
}
