using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Qrossing.TestKit.Processes;
using Qrossing.TestKit.Rest;

namespace Qrossing.EndToEndTests.Faults;

/// <summary>SIGTERM while something is under way.</summary>
[Trait("Kind", "e2e")]
public sealed class GracefulStopTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Effect_in_flight_is_finished_or_parked_and_not_lost(bool answers)
    {
        await using var desk = await RestPeer.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions { Settings = new Dictionary<string, string> { ["Egress:Allow:0"] = "127.0.0.1" } });
        var client = new GatewayClient(gateway);
        using var http = new HttpClient();
        await client.ConnectAsync("orders", "http.openapi", new
        {
            document = await http.GetFromJsonAsync<JsonElement>(desk.DocumentUrl, TestContext.Current.CancellationToken),
            baseUrl = desk.BaseUrl,
            credentials = new { apiKey = new { @in = "header", name = "X-Orders-Key", value = RestPeer.ApiKey } },
            operations = new { createOrder = new { idempotency = "none", lookup = new { operationId = "listOrders", parameters = new { reference = "/body/reference" }, found = "/reply/orders/0" } } },
        });
        desk.FailNext("createOrder", answers ? RestPeerFault.Slow : RestPeerFault.ApplyThenTimeout);
        var order = new { body = new { reference = "stopped", item = "lamp", quantity = 1 } };
        var waiting = client.SendAsync(HttpMethod.Post, "/v1/connections/orders/operations/createOrder", order, "stopped", "wait=60");
        await desk.WaitForAsync(requests => requests.Any(request => request.OperationId == "createOrder"), TestContext.Current.CancellationToken);

        var stopped = gateway.StopAsync();
        if (answers)
        {
            desk.Release();
            using var answer = await waiting;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.True(await stopped == 0, $"{await stopped}: {gateway.AllOutput}");
        await Task.WhenAny(waiting);
        await gateway.RestartAsync();
        var effect = (await client.ListAsync("/v1/effects?connection=orders")).Single();
        await client.EffectAsync(GatewayClient.Text(effect, "id")!, "succeeded");
        Assert.Equal(1, desk.AppliedCount("stopped"));
        using var repeat = await client.SendAsync(HttpMethod.Post, "/v1/connections/orders/operations/createOrder", order, "stopped");
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Upload_in_flight_is_finished()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var client = new GatewayClient(gateway);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/objects?key=half/way") { Content = new StreamContent(pipe.Reader.AsStream()) };
        request.Headers.Add("Idempotency-Key", "half-way");
        var upload = gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var spool = Path.Combine(gateway.DataDirectory, "spool");
        await client.UntilAsync(() => Task.FromResult(Directory.Exists(spool) && Directory.EnumerateFiles(spool, "*.body", SearchOption.AllDirectories).Any()), () => "no spool file");

        var stopped = gateway.StopAsync();
        await client.UntilAsync(() => RefusesAsync(gateway), () => "still takes connections");
        await pipe.Writer.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        using var answer = await upload;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(await stopped == 0, gateway.AllOutput);

        await gateway.RestartAsync();
        var stored = await gateway.Http.GetByteArrayAsync(new Uri("/v1/objects/half/way", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(200_000, stored.Length);
    }

    [Fact]
    public async Task Stream_of_events_does_not_hold_the_stop_up()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var answer = await gateway.Http.GetAsync(new Uri("/v1/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var stopped = gateway.StopAsync();
        await reader.ReadToEndAsync(TestContext.Current.CancellationToken); // ends cleanly, not by a reset
        Assert.True(await stopped == 0, gateway.AllOutput);
    }

    private static async Task<bool> RefusesAsync(GatewayProcess gateway)
    {
        using var probe = new System.Net.Sockets.TcpClient();
        try
        {
            await probe.ConnectAsync(gateway.BaseUrl.Host, gateway.BaseUrl.Port, TestContext.Current.CancellationToken);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
