using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Qrossing.EndToEndTests.Http;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>A data directory that fills up while the gateway works.</summary>
[Trait("Kind", "e2e")]
public sealed class FullDiskTests
{
    private const int ObjectBytes = 300_000;
    private const int EventBytes = 100_000;
    private const int Enough = 200;

    [Fact]
    public async Task Full_disk_is_said_so_stops_nothing_else_and_what_was_refused_works_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions { DataDirectory = disk.DataDirectory });
        var client = new GatewayClient(gateway);
        var refused = await FillWithObjectsAsync(client);
        await FillWithEventsAsync(client);

        // It lives, and what it has can be read.
        Assert.Equal("live", GatewayClient.Text(await client.GetAsync("/health/live"), "status"));
        Assert.Equal(Body(0), await gateway.Http.GetByteArrayAsync(new Uri("/v1/objects/full/0", UriKind.Relative), TestContext.Current.CancellationToken));
        var before = await client.ListAsync("/v1/effects?limit=200");
        var objects = await client.ListAsync("/v1/objects?limit=200");
        Assert.All(objects, stored => Assert.Contains(before, effect => GatewayClient.Text(effect, "id") == GatewayClient.Text(stored, "effectId")));

        // Nothing half-applied: neither an object nor the bytes of what was refused.
        using (var missing = await client.SendAsync(HttpMethod.Get, $"/v1/objects/full/{refused}"))
        {
            Assert.Contains(missing.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.OK });
        }

        var open = before.Where(effect => GatewayClient.Text(effect, "outcome") is not "succeeded").Select(effect => GatewayClient.Text(effect, "id")!).ToHashSet();
        var spooled = Directory.EnumerateFiles(Path.Combine(disk.DataDirectory, "spool"), "*.body", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        Assert.Empty(spooled.Except(open));

        disk.ThrowBallastOff();
        await client.UntilAsync(
            async () =>
            {
                using var again = await PutAsync(client, refused);
                return again.StatusCode == HttpStatusCode.Created;
            },
            () => $"object {refused} stays refused");
        Assert.Equal(Body(refused), await gateway.Http.GetByteArrayAsync(new Uri($"/v1/objects/full/{refused}", UriKind.Relative), TestContext.Current.CancellationToken));
        await client.UntilAsync(
            async () => (await client.ListAsync("/v1/effects?limit=200")).All(effect => GatewayClient.Text(effect, "outcome") == "succeeded"),
            () => "effects stay open");

        Assert.Equal(0, await gateway.StopAsync());
        await gateway.RestartAsync(options => options with { Arguments = ["audit", "verify"], WaitUntilReady = false });
        Assert.True(await gateway.Exit == 0, gateway.AllOutput);
    }

    /// <summary>Stores objects until one is refused; its number.</summary>
    private static async Task<int> FillWithObjectsAsync(GatewayClient client)
    {
        for (var number = 0; number < Enough; number++)
        {
            using var answer = await PutAsync(client, number);
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                Assert.True(number > 0, client.Gateway.AllOutput);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                {
                    return number; // recorded, and waits for room
                }

                var problem = await Problem.ReadAsync(answer, HttpStatusCode.InsufficientStorage);
                Assert.Equal("storage.full", problem.Code);
                return number;
            }
        }

        throw new InvalidOperationException("The disk never filled up.");
    }

    private static async Task FillWithEventsAsync(GatewayClient client)
    {
        for (var number = 0; number < Enough; number++)
        {
            using var content = new StringContent(JsonSerializer.Serialize(new { specversion = "1.0", id = $"f{number}", source = "/full", type = "q.test.full.v1", data = new string('x', EventBytes) }));
            content.Headers.ContentType = new("application/cloudevents+json");
            using var answer = await client.Gateway.Http.PostAsync(new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.Equal("storage.full", (await Problem.ReadAsync(answer, HttpStatusCode.InsufficientStorage)).Code);
                return;
            }
        }

        throw new InvalidOperationException("The database never filled up.");
    }

    private static Task<HttpResponseMessage> PutAsync(GatewayClient client, int number)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/objects?key=full/{number}") { Content = new ByteArrayContent(Body(number)) };
        request.Headers.Add("Idempotency-Key", $"full-{number}");
        request.Headers.Add("Prefer", "wait=2");
        return client.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Bytes that do not pack, the same for the same number.</summary>
    private static byte[] Body(int number)
    {
        var body = new byte[ObjectBytes];
        for (var at = 0; at + 32 <= body.Length; at += 32)
        {
            SHA256.HashData(BitConverter.GetBytes(((long)number << 32) + at), body.AsSpan(at, 32));
        }

        return body;
    }
}
