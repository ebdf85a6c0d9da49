using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Qrossing.Abstractions.Values;
using Qrossing.Core.Audit;
using Qrossing.Core.Audit.Integration;
using Qrossing.Gateway.Rest.Audit;
using Qrossing.Tests.Core;

namespace Qrossing.Tests.Gateway;

[Trait("Kind", "unit")]
public sealed class TransparencyLogEndpointsTests
{
    [Theory]
    [InlineData(true, "public, max-age=31536000, immutable")]
    [InlineData(false, "private, max-age=31536000, immutable")]
    public async Task Full_tile_may_be_kept_by_shared_caches_only_when_the_log_is_public(bool isPublic, string expected)
    {
        await using var world = await World.StartAsync();
        await world.WriteAsync(session =>
        {
            for (var i = 0; i < 256; i++)
            {
                session.Append(new AuditDraft { Tenant = TenantId.Default, Action = "test.n", Actor = "system", Payload = new JsonObject { ["n"] = i } });
            }

            return true;
        });
        await world.RunAsync<AuditIntegrationWorker>();
        await world.Get<AuditHead>().WaitForAsync(255, TestContext.Current.CancellationToken);
        var http = new DefaultHttpContext();
        http.Request.RouteValues["path"] = "0/000";

        await new TransparencyLogEndpoints(world.Get<AuditReader>(), new AuditOptions { Public = isPublic }).TileAsync(http);

        Assert.Equal(expected, http.Response.Headers.CacheControl);
    }
}
