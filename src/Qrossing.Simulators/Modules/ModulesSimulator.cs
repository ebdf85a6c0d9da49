using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qrossing.Simulators.Modules.Control;
using Qrossing.Simulators.Modules.Faults;
using Qrossing.Simulators.Modules.Qerberos;
using Qrossing.Simulators.Modules.Qindex;
using Qrossing.Simulators.Modules.Qonsent;
using Qrossing.Simulators.Modules.Squid;

namespace Qrossing.Simulators.Modules;

/// <summary>
/// A reference implementation of the AnarQ&amp;Q modules' published contract in one loopback process, with durable state and faults on request.
/// Each module is at <c>/{module}</c> followed by its own mount, as in <c>/qindex/qindex/put</c>.
/// </summary>
public sealed class ModulesSimulator : IAsyncDisposable
{
    /// <summary>The modules' own limit for JSON bodies.</summary>
    private const long MaxBodyBytes = 10 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly IReadOnlyList<SimulatedModule> _modules;

    private ModulesSimulator(WebApplication app, IReadOnlyList<SimulatedModule> modules)
    {
        (_app, _modules) = (app, modules);
        BaseUrl = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
    }

    /// <summary>Where it listens, without a trailing slash; the port is the real one.</summary>
    public string BaseUrl { get; }

    /// <summary>The modules; each one's base URL is <see cref="BaseUrl"/>, a slash and its name.</summary>
    public IReadOnlyList<string> ModuleNames => [.. _modules.Select(module => module.Name)];

    /// <summary>Replays the journals, reads the fault rules and listens.</summary>
    /// <exception cref="SimulatorConfigurationException">The URL is not loopback or taken, the state directory is in use or damaged, or the fault rules are invalid.</exception>
    public static async Task<ModulesSimulator> StartAsync(ModulesSimulatorOptions options, CancellationToken cancellationToken)
    {
        var endpoint = LoopbackEndpoint(options.Url);
        var modules = OpenModules(options);
        WebApplication? app = null;
        try
        {
            var faults = new FaultPlan();
            faults.Replace(await ReadFaultsAsync(options.FaultsFile, modules, cancellationToken));
            app = Build(endpoint, modules, faults, options.TimeProvider);
            await app.StartAsync(cancellationToken);
            return new ModulesSimulator(app, modules);
        }
        catch (Exception exception)
        {
            await CloseAsync(app, modules);
            if (exception is IOException)
            {
                throw new SimulatorConfigurationException($"The simulator cannot listen on {options.Url}: {exception.Message}", exception);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync(_app, _modules);

    private static IPEndPoint LoopbackEndpoint(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0
            || uri.Host is not ("127.0.0.1" or "[::1]"))
        {
            throw new SimulatorConfigurationException($"The URL '{url}' is refused: a simulator listens on http://127.0.0.1:PORT or http://[::1]:PORT only.");
        }

        return new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port);
    }

    private static List<SimulatedModule> OpenModules(ModulesSimulatorOptions options)
    {
        CreateDirectory(options.StateDirectory);
        var now = options.TimeProvider.GetUtcNow();
        List<SimulatedModule> modules = [];
        try
        {
            modules.Add(Journal.OpenFor(Path.Combine(options.StateDirectory, "squid.jsonl"), journal => new SquidEndpoints(journal, now)));
            modules.Add(Journal.OpenFor(Path.Combine(options.StateDirectory, "qonsent.jsonl"), journal => new QonsentEndpoints(journal, now)));
            modules.Add(Journal.OpenFor(Path.Combine(options.StateDirectory, "qindex.jsonl"), journal => new QindexEndpoints(journal, now)));
            modules.Add(Journal.OpenFor(Path.Combine(options.StateDirectory, "qerberos.jsonl"), journal => new QerberosEndpoints(journal, now)));
            return modules;
        }
        catch
        {
            modules.ForEach(module => module.Dispose());
            throw;
        }
    }

    private static void CreateDirectory(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SimulatorConfigurationException($"The state directory '{path}' cannot be made: {exception.Message}", exception);
        }
    }

    private static async Task<IReadOnlyList<FaultRule>> ReadFaultsAsync(string? file, IReadOnlyList<SimulatedModule> modules, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [];
        }

        byte[] json;
        try
        {
            json = await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorConfigurationException($"The fault rules cannot be read: {exception.Message}", exception);
        }

        var (rules, errors) = FaultRulesWire.Parse(json, [.. modules.Select(module => module.Name)]);
        return errors.Count == 0
            ? rules
            : throw new SimulatorConfigurationException($"The fault rules in {file} are refused:{string.Concat(errors.Select(error => $"{Environment.NewLine}  {error.Pointer} {error.Message}"))}");
    }

    private static WebApplication Build(IPEndPoint endpoint, IReadOnlyList<SimulatedModule> modules, FaultPlan faults, TimeProvider time)
    {
        // The empty builder reads no configuration: nothing in the environment can move the listener off loopback.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        });

        // The host's own account of a failed start would only repeat the exception that the caller gets.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRoutingCore();

        // Against DNS rebinding: a name that only resolves to loopback does not get in.
        builder.Services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = ["127.0.0.1", "[::1]", "localhost"];
            filter.AllowEmptyHosts = false;
        });
        builder.Services.AddSingleton(time).AddSingleton(faults).AddSingleton<RequestLog>().AddSingleton<ModulePipeline>();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseRouting();
        var pipeline = app.Services.GetRequiredService<ModulePipeline>();
        foreach (var module in modules)
        {
            MapModule(app, module, pipeline);
        }

        new ControlEndpoints(modules, faults, app.Services.GetRequiredService<RequestLog>(), time).Map(app);
        return app;
    }

    /// <summary>Whatever a module has no route for, a wrong method included, it answers 404 in its own envelope, as the modules' frameworks do.</summary>
    private static void MapModule(IEndpointRouteBuilder routes, SimulatedModule module, ModulePipeline pipeline)
    {
        var group = routes.MapGroup($"/{module.Name}");
        foreach (var route in module.Routes)
        {
            group.MapMethods(route.Pattern, [route.Method], (RequestDelegate)(context => pipeline.RunAsync(context, module, route.Handler)));
        }

        group.Map("/{**rest}", (RequestDelegate)(context => pipeline.RunAsync(
            context,
            module,
            call => module.Error(call, ModuleError.Standard(404, $"There is no route {call.Method} {call.Path}.")))));
    }

    private static async Task CloseAsync(WebApplication? app, IReadOnlyList<SimulatedModule> modules)
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        foreach (var module in modules)
        {
            module.Dispose();
        }
    }

    /// <summary>Signals belong to the process that embeds the simulator, not to the simulator.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
