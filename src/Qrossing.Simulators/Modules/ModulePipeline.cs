using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Simulators.Modules.Control;
using Qrossing.Simulators.Modules.Faults;

namespace Qrossing.Simulators.Modules;

/// <summary>
/// The way of every module request: (1) record it, (2) choose a fault, (3) faults that keep the operation from happening, (4) read the body and
/// let the module carry the operation out in its turn, (5) faults that damage the answer or withhold it, (6) answer.
/// </summary>
internal sealed partial class ModulePipeline(FaultPlan faults, RequestLog requests, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ModulePipeline> logger)
{
    /// <summary>The longest silence of the timeout faults, so that a caller without a time limit is not held for ever.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(120);

    public async Task RunAsync(HttpContext context, SimulatedModule module, Func<ModuleCall, ModuleAnswer> handler)
    {
        var fault = faults.Choose(module.Name, context);
        var record = requests.Add(module.Name, context, fault?.Kind, time.GetUtcNow());

        switch (fault?.Kind)
        {
            case FaultKind.Timeout:
                await StaySilentAsync(context);
                return;
            case FaultKind.Close:
                context.Abort();
                return;
            case FaultKind.Status:
                var refusal = module.Error(ModuleCall.WithoutBody(context, time.GetUtcNow()), ModuleError.Standard(fault.Status!.Value, "Injected by a fault rule."));
                await AnswerAsync(context, record, refusal with { RetryAfterSeconds = fault.RetryAfterSeconds });
                return;
        }

        var delay = TimeSpan.FromMilliseconds(fault?.Kind == FaultKind.SlowBeforeApply ? fault.DelayMs!.Value : 0);
        var answer = await CarryOutAsync(context, module, handler, delay);

        switch (fault?.Kind)
        {
            case FaultKind.AppliedThenTimeout:
                await StaySilentAsync(context);
                return;
            case FaultKind.AppliedThenClose:
                context.Abort();
                return;
            case FaultKind.Garbage:
                await AnswerGarbageAsync(context, record, answer.Status);
                return;
            case FaultKind.Slow:
                await WaitAsync(context, TimeSpan.FromMilliseconds(fault.DelayMs!.Value));
                break;
            case FaultKind.WrongIdFormat:
                answer = answer with { Body = ForeignIds.Rewrite(answer.Body)! };
                break;
            case FaultKind.MalformedEnvelope:
                answer = answer with { Body = new JsonObject { ["result"] = answer.Body } };
                break;
        }

        await AnswerAsync(context, record, answer);
    }

    private async Task<ModuleAnswer> CarryOutAsync(HttpContext context, SimulatedModule module, Func<ModuleCall, ModuleAnswer> handler, TimeSpan delay)
    {
        var call = ModuleCall.WithoutBody(context, time.GetUtcNow());
        try
        {
            if (context.Request.HasJsonContentType())
            {
                using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
                call = new ModuleCall(context, document.RootElement.Clone(), call.Now);
            }
        }
        catch (JsonException)
        {
            return module.Error(call, ModuleError.Standard(400, "The body is not valid JSON."));
        }
        catch (BadHttpRequestException exception)
        {
            return module.Error(call, ModuleError.Standard(exception.StatusCode, "The body cannot be read."));
        }

        if (delay > TimeSpan.Zero)
        {
            // The module has taken the request in and goes on with it, whether its caller still listens or not.
            await Task.Delay(delay, time, lifetime.ApplicationStopping);
        }

        try
        {
            return await module.InTurnAsync(() => handler(call));
        }
        catch (IOException exception)
        {
            LogJournalRefused(exception, module.Name);
            return module.Error(call, ModuleError.Standard(503, "The module cannot store anything at the moment."));
        }
    }

    private async Task StaySilentAsync(HttpContext context)
    {
        await WaitAsync(context, LongestSilence);
        context.Abort();
    }

    /// <summary>Waits, but no longer than the caller does and the simulator runs.</summary>
    private async Task WaitAsync(HttpContext context, TimeSpan duration)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(duration, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AnswerGarbageAsync(HttpContext context, RecordedRequest record, int status)
    {
        record.Status = context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync("\u007F<html>\0{\"status\":\"ok\",\"data\":"u8.ToArray(), context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, RecordedRequest record, ModuleAnswer answer)
    {
        record.Status = context.Response.StatusCode = answer.Status;
        if (answer.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        await context.Response.WriteAsJsonAsync(answer.Body, ModulesJson.Default.JsonNode, "application/json; charset=utf-8", context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The journal of {Module} refused a change; it was not applied")]
    private partial void LogJournalRefused(Exception exception, string module);
}
