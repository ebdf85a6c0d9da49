using System.Net;
using Qrossing.EndToEndTests.Crash;
using Qrossing.TestKit.Counterparts;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Http;

/// <summary>Text that SQLite stores and PostgreSQL does not: callers must not see which of the two is behind.</summary>
[Trait("Kind", "e2e")]
[Trait("Needs", "postgres")]
public sealed class PostgreSqlTextTests(CounterpartHost counterparts)
{
    [Fact]
    public async Task Text_with_NUL_is_never_a_mistake_of_the_gateway()
    {
        await using var database = await (await counterparts.PostgreSqlAsync()).CreateDatabaseAsync();
        await Migration.RunAsync(database.ConnectionString);
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions
        {
            Settings = new Dictionary<string, string> { ["Data:Engine"] = "postgresql", ["Data:ConnectionString"] = database.ConnectionString },
        });
        var client = new GatewayClient(gateway);
        foreach (var (path, body) in new (string, object)[]
        {
            ("/v1/wallets", new { name = "a\0b" }),
            ("/v1/api-keys", new { name = "a\0b", environment = "test", scopes = new[] { "objects:read" } }),
            ("/v1/connections", new { id = "nul", kind = "cloud.local", options = new { }, environment = "\0" }),
            ("/v1/subscriptions", new { url = "https://example.org/\0", types = new[] { "q.*" } }),
        })
        {
            using var answer = await client.SendAsync(HttpMethod.Post, path, body);
            await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        }

        foreach (var path in new[] { "/v1/events?subject=a%00b", "/v1/events?type=a%00b", "/v1/effects?connection=a%00b", "/v1/effects?kind=a%00b", "/v1/audit?action=a%00b", "/v1/audit?subject=a%00b" })
        {
            using var answer = await client.SendAsync(HttpMethod.Get, path);
            Assert.True((int)answer.StatusCode is 200 or 422, $"{path} {(int)answer.StatusCode} {gateway.AllOutput}");
        }

        using var put = await gateway.Http.PostAsync(new Uri("/v1/objects", UriKind.Relative), new StringContent("after"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }
}
