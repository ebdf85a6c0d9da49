using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Qrossing.TestKit.Network;
using Qrossing.TestKit.Processes;

namespace Qrossing.EndToEndTests.Operability;

/// <summary>Marked words go in wherever callers and peers can put text. None comes out in a log line, and no secret lies readable on the disk or in a backup.</summary>
[Trait("Kind", "security")]
public sealed class CanaryTests
{
    private const string PrivateKey = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee01";
    private const string Mark = "canary";

    private static string Word(string where) => $"{Mark}{where}9f3b";

    [Fact]
    public async Task Neither_logs_nor_disk_nor_backup_give_away_what_is_not_theirs()
    {
        var secrets = new List<string> { PrivateKey, Word("credential"), Word("header") };
        await using var peer = RawHttpPeer.Start(_ => RawHttpPeer.Reply(503, $$"""{"code":"{{Word("peer")}}","message":"{{Word("peer")}}"}""", "Content-Type: application/json"));
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => new WebhookAnswer(500) { Body = Word("endpoint") };
        await using var gateway = await GatewayProcess.StartAsync(new GatewayOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Egress:Allow:0"] = "127.0.0.1",
                ["Logging:Format"] = "json",
                ["Logging:Level"] = "Trace",
                ["Modules:qdrive:BaseUrl"] = peer.BaseUrl.ToString(),
            },
        });
        secrets.Add(gateway.AdminKey.Split('_')[^1]);
        var client = new GatewayClient(gateway);
        await FillAsync(client, receiver, peer, secrets);

        // A killed and a stopping gateway log too.
        await gateway.KillAsync();
        await gateway.RestartAsync();
        await client.GetAsync("/v1/effects");
        var backup = Path.Combine(gateway.DataDirectory, "..", "backup");
        await BackUpAsync(gateway, backup);
        Assert.Equal(0, await gateway.StopAsync());

        Assert.DoesNotContain(Mark, gateway.AllOutput, StringComparison.OrdinalIgnoreCase);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, gateway.AllOutput, StringComparison.OrdinalIgnoreCase));
        Assert.All(gateway.Output.All.Split('\n').Where(line => line.StartsWith('{')), line => Assert.True(JsonElement.Parse(line).TryGetProperty("EventId", out _), line));
        foreach (var folder in new[] { gateway.DataDirectory, backup })
        {
            await CheckAsync(folder, secrets);
        }
    }

    private static async Task FillAsync(GatewayClient client, WebhookReceiver receiver, RawHttpPeer peer, List<string> secrets)
    {
        var key = await client.PostAsync("/v1/api-keys", new { name = Word("keyname"), environment = "test", scopes = new[] { "objects:read" } });
        secrets.Add(GatewayClient.Text(key, "key")!.Split('_')[^1]);
        await client.PostAsync("/v1/wallets", new { name = Word("wallet"), privateKey = "0x" + PrivateKey });
        await client.ConnectAsync("chain", "blockchain.evm", new { chainId = 5, endpoint = peer.BaseUrl, bearer = Word("credential"), headers = new Dictionary<string, string> { ["X-Key"] = Word("header") } });
        var subscription = await client.PostAsync("/v1/subscriptions", new { url = $"{receiver.Url}{Word("url")}", types = new[] { "q.test.*" } });
        secrets.Add(GatewayClient.Text(subscription, "secret")!["whsec_".Length..]);
        await SendAsync(client, HttpMethod.Post, $"/v1/objects?key={Word("key")}", Word("body"), "text/plain");
        await SendAsync(client, HttpMethod.Post, "/v1/events", $$"""{"specversion":"1.0","id":"{{Word("id")}}","source":"/{{Word("source")}}","type":"q.test.canary.v1","subject":"{{Word("subject")}}","data":"{{Word("data")}}"}""", "application/cloudevents+json");
        await SendAsync(client, HttpMethod.Get, $"/v1/chains/eip155:5?x={Word("query")}");
        await SendAsync(client, HttpMethod.Get, $"/v1/{Word("path")}");
        await SendAsync(client, HttpMethod.Post, $"/m/qdrive/{Word("modulepath")}?q={Word("modulequery")}", Word("modulebody"), "text/plain");
        await SendAsync(client, HttpMethod.Put, $"/m/qdrive/{Word("modulepath")}", Word("modulebody"), "text/plain", "keyed");
        await SendAsync(client, HttpMethod.Post, "/v1/wallets", $$"""{"name":"{{Word("bad")}}","privateKey":"{{Word("badkey")}}"}""", "application/json");
        await SendAsync(client, HttpMethod.Post, "/v1/wallets", $$"""{"{{Word("member")}}":"\ud800""", "application/json");
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/v1/effects");
        stranger.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Word("token"));
        using var refused = await client.Gateway.Anonymous.SendAsync(stranger, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        await client.UntilAsync(() => Task.FromResult(receiver.Received.Count >= 1), () => "no delivery");
        await client.UntilAsync(async () => (await client.ListAsync("/v1/effects?outcome=unknown")).Count >= 1, () => "no effect is unknown");
    }

    private static async Task SendAsync(GatewayClient client, HttpMethod method, string path, string? body = null, string? contentType = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType!) } };
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", Word(key));
        }

        foreach (var name in new[] { "User-Agent", "Referer", "X-Request-Id", "X-Forwarded-For", "Origin", "X-Anything" })
        {
            request.Headers.TryAddWithoutValidation(name, Word(name.ToLowerInvariant()));
        }

        using var answer = await client.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode is not 500, $"{method} {path}: {client.Gateway.AllOutput}");
    }

    private static async Task BackUpAsync(GatewayProcess gateway, string target)
    {
        await using var backup = await GatewayProcess.StartAsync(new GatewayOptions { Arguments = ["backup", target], DataDirectory = gateway.DataDirectory, WaitUntilReady = false });
        Assert.True(await backup.Exit == 0, backup.AllOutput);
        Assert.DoesNotContain(Mark, backup.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>No file has a secret as text, in either case, or as its bytes.</summary>
    private static async Task CheckAsync(string folder, List<string> secrets)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var text = Encoding.Latin1.GetString(bytes);
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{file} has {secret}"));
            Assert.All(secrets, secret => Assert.False(text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^1], StringComparison.Ordinal), $"{file} has {secret} in base64"));
            Assert.True(bytes.AsSpan().IndexOf(Convert.FromHexString(PrivateKey)) < 0, $"{file} has the private key");
        }
    }
}
