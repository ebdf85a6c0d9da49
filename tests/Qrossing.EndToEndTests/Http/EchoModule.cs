using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>A real HTTP server that takes everything and keeps what it was sent: what a module sees of a proxied request.</summary>
internal sealed class EchoModule : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, Dictionary<string, string> Headers, string Body)> _requests = new();

    private EchoModule(WebApplication application, string name)
    {
        _application = application;
        Name = name;
    }

    /// <summary>What it answers.</summary>
    public string Name { get; }

    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>The last request under a path.</summary>
    public (string Path, Dictionary<string, string> Headers, string Body) Last(string path) => _requests.Last(request => request.Path == path);

    public static async Task<EchoModule> StartAsync(string name)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var module = new EchoModule(application, name) { BaseUrl = new Uri($"http://127.0.0.1:{port}") };
        application.Run(module.AnswerAsync);
        await application.StartAsync();
        return module;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        _requests.Enqueue((
            http.Request.Path.Value!,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync()));
        var response = http.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "max-age=60";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.SetCookie = "module=1";
        var body = Encoding.UTF8.GetBytes($$"""{"success":true,"name":"{{Name}}","code":"ECHO"}""");
        response.StatusCode = http.Request.Path.Value!.EndsWith("/refuse", StringComparison.Ordinal) ? 409 : 200;
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(body);
            return;
        }

        await response.Body.WriteAsync(body);
    }
}
