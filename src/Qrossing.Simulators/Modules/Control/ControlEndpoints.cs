using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qrossing.Simulators.Modules.Faults;
using Qrossing.Simulators.Modules.Squid;

namespace Qrossing.Simulators.Modules.Control;

/// <summary>
/// What a test or a demo asks of the simulator itself, below <c>/_control</c>: what was really applied, what really arrived, which faults are in
/// force. Never subject to faults. Refusals are problem documents (RFC 9457).
/// </summary>
internal sealed class ControlEndpoints(IReadOnlyList<SimulatedModule> modules, FaultPlan faults, RequestLog requests, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_control");
        control.MapGet("/state", StateAsync);
        control.MapGet("/requests", RequestsAsync);
        control.MapGet("/faults", FaultsAsync);
        control.MapPost("/faults", ReplaceFaultsAsync);
        control.MapDelete("/faults", ClearFaultsAsync);
        control.MapPost("/squid/identity/{id}", DecideAsync);
    }

    /// <summary>Per module, operation and key: how many times it was applied since the state folder was made.</summary>
    private async Task StateAsync(HttpContext context)
    {
        var all = new JsonObject();
        foreach (var module in modules)
        {
            all[module.Name] = await module.InTurnAsync(() =>
            {
                var operations = new JsonObject(module.Journal.Applied.Select(operation => KeyValuePair.Create(
                    operation.Key,
                    (JsonNode?)new JsonObject(operation.Value.Select(key => KeyValuePair.Create(key.Key, (JsonNode?)key.Value))))));
                return new JsonObject { ["total"] = module.Journal.Applied.Values.Sum(keys => keys.Values.Sum()), ["applied"] = operations };
            });
        }

        await WriteAsync(context, 200, new JsonObject { ["modules"] = all });
    }

    private Task RequestsAsync(HttpContext context) => WriteAsync(context, 200, new JsonObject
    {
        ["requests"] = new JsonArray([.. requests.Snapshot().Select(request => new JsonObject
        {
            ["sequence"] = request.Sequence,
            ["at"] = MillisecondTimestampConverter.Format(request.At),
            ["module"] = request.Module,
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["fault"] = request.Fault,
            ["status"] = request.Status,
        })]),
    });

    private Task FaultsAsync(HttpContext context) => WriteAsync(context, 200, new JsonObject
    {
        ["rules"] = new JsonArray([.. faults.Snapshot().Select(item => new JsonObject
        {
            ["match"] = new JsonObject
            {
                ["module"] = item.Rule.Match.Module,
                ["method"] = item.Rule.Match.Method,
                ["path"] = item.Rule.Match.Path,
                ["header"] = item.Rule.Match.Header,
            },
            ["fault"] = FaultKinds.NameOf(item.Rule.Kind),
            ["matched"] = item.Matched,
            ["struck"] = item.Struck,
        })]),
    });

    private async Task ReplaceFaultsAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        var (rules, errors) = FaultRulesWire.Parse(body, [.. modules.Select(module => module.Name)]);
        if (errors.Count > 0)
        {
            await RefuseAsync(context, 422, "simulator.fault_rules_invalid", errors);
            return;
        }

        faults.Replace(rules);
        await FaultsAsync(context);
    }

    private Task ClearFaultsAsync(HttpContext context)
    {
        faults.Replace([]);
        return FaultsAsync(context);
    }

    private async Task DecideAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        var squid = modules.OfType<SquidEndpoints>().Single();
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = await squid.InTurnAsync(() => squid.Decide((string)context.Request.RouteValues["id"]!, new BodyCheck(document.RootElement), time.GetUtcNow()));
            if (error is null)
            {
                context.Response.StatusCode = 204;
                return;
            }

            await RefuseAsync(
                context,
                error.Violations.Count > 0 ? 422 : error.Status,
                error.Violations.Count > 0 ? "simulator.decision_invalid" : "simulator.identity_not_found",
                [.. error.Violations.Select(violation => new FaultRuleError($"/{violation.Field}", violation.Message))]);
        }
        catch (JsonException)
        {
            await RefuseAsync(context, 400, "simulator.json_invalid", []);
        }
    }

    /// <summary>The body, or null when it was refused. Anything but JSON is: a form that a web page could post without asking must not reach the control API.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, 415, "simulator.media_type", []);
            return null;
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, IReadOnlyList<FaultRuleError> errors) => WriteAsync(
        context,
        status,
        new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = code switch
            {
                "simulator.fault_rules_invalid" => "The fault rules are invalid",
                "simulator.decision_invalid" => "The decision is invalid",
                "simulator.identity_not_found" => "There is no such identity",
                "simulator.json_invalid" => "The body is not valid JSON",
                _ => "The body must be application/json",
            },
            ["status"] = status,
            ["code"] = code,
            ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject { ["pointer"] = error.Pointer, ["message"] = error.Message })]),
        },
        "application/problem+json");

    private static Task WriteAsync(HttpContext context, int status, JsonObject body, string contentType = "application/json; charset=utf-8")
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, ModulesJson.Default.JsonObject, contentType, context.RequestAborted);
    }
}
