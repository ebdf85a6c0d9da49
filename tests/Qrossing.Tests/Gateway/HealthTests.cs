using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qrossing.Composition;
using Qrossing.Core.Persistence;
using Qrossing.Core.Secrets;
using Qrossing.Data;
using Qrossing.Gateway;
using Qrossing.TestKit.Processes;

namespace Qrossing.Tests.Gateway;

/// <summary>The health pages of a gateway that was put together and does not run.</summary>
[Trait("Kind", "unit")]
public sealed class HealthTests
{
    [Fact]
    public async Task Gateway_that_has_not_started_says_so_and_one_that_lost_its_database_is_not_ready()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("health");
        await using var app = GatewayHost.Build(new QrossingOptions { Data = new DataOptions { Directory = folder.Path } });
        var database = app.Services.GetRequiredService<IDatabase>();
        await database.MigrateAsync(cancellationToken);
        await database.OpenAsync(cancellationToken);
        await app.Services.GetRequiredService<KeyRing>().OpenAsync(cancellationToken);
        app.UseQrossingGateway();
        await database.CloseAsync(cancellationToken);

        Assert.Equal((200, null), await AskAsync(app, "/health/live"));
        Assert.Equal((503, "health.starting"), await AskAsync(app, "/health/startup"));
        Assert.Equal((503, "health.not_ready"), await AskAsync(app, "/health/ready"));
    }

    private static async Task<(int Status, string? Code)> AskAsync(WebApplication app, string path)
    {
        var endpoint = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Single(found => found.RoutePattern.RawText == path);
        var context = new DefaultHttpContext { RequestServices = app.Services, Request = { Method = "GET", Path = path }, Response = { Body = new MemoryStream() } };
        await endpoint.RequestDelegate!(context);
        context.Response.Body.Position = 0;
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        return (context.Response.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
    }
}
