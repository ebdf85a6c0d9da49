using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.TestKit.Processes;
using Yarp.ReverseProxy.Configuration;

namespace Qrossing.Benchmarks.Rivals;

/// <summary>YARP with one route and nothing else, in a process of its own, on the same runtime settings and Kestrel limits as the gateway.</summary>
internal sealed class YarpRival : IAsyncDisposable
{
    /// <summary>The command line of the process: <c>yarp URL UPSTREAM</c>.</summary>
    public const string Verb = "yarp";

    private readonly BoundProcess _process;

    private YarpRival(BoundProcess process, Uri baseUrl) => (_process, BaseUrl) = (process, baseUrl);

    public Uri BaseUrl { get; }

    public int Pid => _process.Pid;

    public static async Task<YarpRival> StartAsync(Uri upstream)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var process = await BoundProcess.StartAsync(
            new BoundCommand("dotnet", [typeof(YarpRival).Assembly.Location, Verb, url.ToString(), upstream.ToString()]), CancellationToken.None);
        await process.WaitForLineAsync(static line => line == "ready", CancellationToken.None);
        return new YarpRival(process, url);
    }

    /// <summary>What the process runs.</summary>
    public static async Task ServeAsync(string url, string upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        });
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "m", ClusterId = "m", Match = new RouteMatch { Path = "/m/qindex/{**rest}" }, Transforms = [new Dictionary<string, string> { ["PathRemovePrefix"] = "/m/qindex" }] }],
            [new ClusterConfig { ClusterId = "m", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = upstream } } }]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        await Console.Out.WriteLineAsync("ready");
        await app.WaitForShutdownAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
