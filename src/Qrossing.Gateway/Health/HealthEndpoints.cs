using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Qrossing.Core.Errors;
using Qrossing.Gateway.Rest;

namespace Qrossing.Gateway.Health;

/// <summary><c>/health</c>: for orchestrators, without a credential.</summary>
internal sealed class HealthEndpoints(Readiness readiness, IHostApplicationLifetime lifetime) : IMapsEndpoints
{
    private const string Tag = "Operations of the gateway";
    private static readonly string Version = typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public void Map(RestRoutes routes)
    {
        routes.Open("/health/live", new EndpointText("getLiveness", Tag, "That the process runs.")
        {
            Response = typeof(LivenessView),
            ResponseExample = """{"status":"live","version":"0.1.0"}""",
        }, _ => Task.FromResult(Answer.Ok(new LivenessView { Status = "live", Version = Version })));
        routes.Open("/health/startup", new EndpointText("getStartup", Tag, "Whether the process has started; 503 before.")
        {
            Response = typeof(LivenessView),
            ResponseExample = """{"status":"started","version":"0.1.0"}""",
            Errors = [HealthErrors.Starting],
        }, _ => Task.FromResult(Started()));
        routes.Open("/health/ready", new EndpointText("getReadiness", Tag, "Whether the process can do its work now; 503 otherwise, with what is wrong.")
        {
            Response = typeof(ReadinessView),
            ResponseExample = """{"status":"ready","checks":{"database":{"ok":true},"schema":{"ok":true},"disk":{"ok":true},"writer":{"ok":true},"ownership":{"ok":true},"process":{"ok":true}},"connections":{"ready":1}}""",
            Errors = [HealthErrors.NotReady],
        }, ReadyAsync);
    }

    private Answer Started() => lifetime.ApplicationStarted.IsCancellationRequested
        ? Answer.Ok(new LivenessView { Status = "started", Version = Version })
        : new Refusal(HealthErrors.Starting, "The process has not started yet.");

    private async Task<Answer> ReadyAsync(HttpContext http)
    {
        var view = await readiness.CheckAsync(http.RequestAborted);
        if (view.Status == ReadinessView.Ready)
        {
            return Answer.Ok(view);
        }

        return new Refusal(HealthErrors.NotReady, $"Not as it should be: {string.Join(", ", view.Checks.Where(static check => !check.Value.Ok).Select(static check => check.Key))}.")
        {
            Extensions = new Dictionary<string, JsonElement> { ["checks"] = JsonSerializer.SerializeToElement(view.Checks, GatewayJson.Wire.IReadOnlyDictionaryStringHealthCheckView) },
        };
    }
}
