using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Composition;
using Qrossing.Core.Access;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data;
using Qrossing.Gateway;
using Qrossing.Gateway.Rest;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Gateway;

/// <summary>What every endpoint declares, read from the routing table of the whole product.</summary>
[Trait("Kind", "security")]
public sealed class EndpointRuleTests
{
    /// <summary>The contract's list of paths that are open without a credential.</summary>
    private static readonly string[] Open = ["/health/", "/openapi/", "/docs", "/problems", "/tlog/", "/metrics"];

    /// <summary>The console is a client of the API, with sessions of its own; nothing else stands outside the pipeline.</summary>
    private const string Console = "/console";

    [Fact]
    public async Task Every_endpoint_but_the_consoles_declares_a_permission_or_is_on_the_open_list()
    {
        using var folder = new TemporaryFolder("endpoints");
        var options = new QrossingOptions { Data = new DataOptions { Directory = folder.Path } };
        await using var app = GatewayHost.Build(options);
        await app.Services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
        await app.Services.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
        await app.Services.GetRequiredService<KeyRing>().OpenAsync(CancellationToken.None);
        app.UseQrossingGateway();
        app.MapConsole();

        var endpoints = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Rule: endpoint.Metadata.GetMetadata<EndpointRule>()))
            .Where(endpoint => !endpoint.Path.StartsWith(Console, StringComparison.Ordinal))
            .ToList();

        Assert.True(endpoints.Count > 60, $"{endpoints.Count} endpoints");
        Assert.Empty(endpoints.Where(endpoint => endpoint.Rule is null).Select(endpoint => endpoint.Path));
        Assert.Empty(endpoints
            .Where(endpoint => endpoint.Rule is { Permission: null } && !Open.Any(open => endpoint.Path.StartsWith(open, StringComparison.Ordinal)))
            .Select(endpoint => endpoint.Path));
        Assert.Empty(endpoints.Select(endpoint => endpoint.Rule?.Permission).OfType<string>().Except(Permissions.All));
    }
}
